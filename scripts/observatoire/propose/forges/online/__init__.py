"""What forges reached over HTTP share: addresses and tokens, patience, failures in French."""
