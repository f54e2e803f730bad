"""What tests and `python -m tests.house.sizes` read of the code itself."""
