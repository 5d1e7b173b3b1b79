"""Names for the arrays of this room.

Days run down (axis 0) and series across (axis 1), so that one step in time is one vectorised operation over all series.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.floating[Any]]
Whole = npt.NDArray[np.integer[Any]]
Marks = npt.NDArray[np.bool_]
