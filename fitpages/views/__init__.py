"""An address in, a page out: pages for readers, files for machines, and what is said where there is none."""
