"""The way that files take between offices: lost, doubled, late, in any order."""

import random
from dataclasses import dataclass, field
from pathlib import Path

LOST, DOUBLED = 0.25, 0.2


@dataclass
class Road:
    """Files on their way, by the dice of a run."""

    dice: random.Random
    net: list[tuple[float, str, Path]] = field(default_factory=list)

    def send(self, to: str, file: Path) -> None:
        """Put a file on its way: perhaps lost, perhaps twice, perhaps late."""
        if self.dice.random() < LOST:
            return
        for _ in range(1 + (self.dice.random() < DOUBLED)):
            self.net.append((self.dice.random() * self.dice.choice((1, 1, 8)), to, file))

    def arrived(self) -> list[tuple[str, Path]]:
        """Let time pass and return what is due, in any order: to whom, which file."""
        self.net = [(delay - 0.3, to, file) for delay, to, file in self.net]
        due = [item for item in self.net if item[0] <= 0]
        self.net = [item for item in self.net if item[0] > 0]
        self.dice.shuffle(due)
        return [(to, file) for _, to, file in due]
