"""What a change of the catalog does to the pages of pairs, told before it is saved."""
