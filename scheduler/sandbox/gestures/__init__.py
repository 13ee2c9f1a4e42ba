"""What people do in the workspace, by hand: each method is one gesture, told to the app as Slack would."""
