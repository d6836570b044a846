"""What the Makefile runs: set-up, checks, generated pages. No part of the product."""
