"""The words of the glossary as frozen values and enums. No I/O, no clock, no third-party library."""
