"""What can happen in the workspace: each changes the state and tells the app, exactly as Slack would."""
