"""Where an app's records, messages and journal are kept."""
