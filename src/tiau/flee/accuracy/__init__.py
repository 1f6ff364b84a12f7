"""How far simulated camps are from counted ones, beside plain baselines."""
