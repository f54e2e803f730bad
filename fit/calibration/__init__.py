"""Fits the constants of the speed estimate to observations, and says how well they agree."""
