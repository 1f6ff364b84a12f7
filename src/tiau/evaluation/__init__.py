"""How good a run is: scores, accuracy beside baselines, where the width of bands comes from."""
