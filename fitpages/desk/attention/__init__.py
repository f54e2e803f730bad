"""What needs an editor's attention and takes the arithmetic to see."""
