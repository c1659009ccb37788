"""The city's inbox: what counties sent, looked at, taken in, taken back, set aside."""
