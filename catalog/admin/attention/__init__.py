"""What needs an editor's attention: the first thing at the desk. What it takes pages to know is in fitpages/desk/."""
