"""Papers and spreadsheets that leave the house."""
