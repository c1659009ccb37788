"""Every Chinese word the screens say, by screen; plain and short."""
