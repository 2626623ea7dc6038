"""Fills an empty database with a synthetic record, for measuring."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from timeline.errors import InvalidRecord
from timeline.management.prepared import PreparedCommand
from timeline.services.bulk import load_synthetic
from timeline.synthetic import Maker


class Command(PreparedCommand):
    help = "Fill an empty database with a synthetic record of any size. Never for a record that people read."
    starter = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--events", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, events: int, seed: int, **options: Any) -> None:
        if events < 1:
            raise CommandError("--events is at least 1.")
        with tqdm(total=events, desc="make", unit=" events", disable=None) as bar:
            try:
                for added in load_synthetic(maker=Maker(seed, events), events=events):
                    bar.update(added)
            except InvalidRecord as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{events} events made with seed {seed}.")
