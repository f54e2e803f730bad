"""What the site is made of besides its own code: which versions, under which licences, and whether they are safe."""
