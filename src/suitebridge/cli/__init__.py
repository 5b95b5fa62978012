"""The command line. A command parses, calls one use case and shows the answer; everything heavy is loaded on use."""
