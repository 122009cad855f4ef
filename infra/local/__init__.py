"""The product on this machine: the emulator of AWS, the carrier simulator, and the demo."""
