# What the authors' mask generators draw, counted: BEiT's blocks, I-JEPA's blocks, data2vec 2.0's kept blocks; and distances and connected parts of some masks by scipy.
# The algorithms are said again here, after microsoft/unilm (beit/masking_generator.py, the command line's smallest block of 16 and the class's 4), facebookresearch/ijepa (src/masks/multiblock.py with
# configs/in1k_vith14_ep300.yaml, on 14 x 14 tokens) and facebookresearch/fairseq (compute_block_mask_2d with examples/data2vec/config/v2/base_images_only_task.yaml).
# A count belongs to one mask, or to one batch, so that all that is counted together is independent.
# Made with the versions that the JSON names. Run: python test/reference/masks.py > test/reference/masks.json
import json
import math
import random
from collections import Counter
from importlib.metadata import version

import numpy as np
from scipy import ndimage

from hashed import hashed

SIDE, TOKENS, DRAWS = 14, 14 * 14, 10_000
rng = random.Random(20260101)


def rectangle(top, left, height, width):
    grid = np.zeros((SIDE, SIDE), bool)
    grid[top : top + height, left : left + width] = True
    return grid


def beit(target, smallest):
    """One mask, and its blocks (top, left, height, width) in the order of the draws."""
    mask, blocks, bound = np.zeros((SIDE, SIDE), bool), [], math.log(0.3)
    while mask.sum() < target:
        remaining, placed = target - int(mask.sum()), False
        for _ in range(10):
            area, aspect = rng.uniform(smallest, remaining), math.exp(rng.uniform(bound, -bound))
            height, width = round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))
            if height >= SIDE or width >= SIDE:
                continue
            top, left = rng.randint(0, SIDE - height), rng.randint(0, SIDE - width)
            block = rectangle(top, left, height, width)
            if 0 < (block & ~mask).sum() <= remaining:
                mask, placed = mask | block, True
                blocks.append((top, left, height, width))
                break
        if not placed:
            break
    return mask, blocks


def ijepa_size(scale, aspect):
    share = rng.random()
    area, ratio = int(TOKENS * (scale[0] + share * (scale[1] - scale[0]))), aspect[0] + share * (aspect[1] - aspect[0])
    return min(SIDE - 1, round(math.sqrt(area * ratio))), min(SIDE - 1, round(math.sqrt(area / ratio)))


def ijepa(images, targets=4, smallest=10):
    """A batch: of each image the target blocks and the context's tokens, cut to the fewest; and how often a context had to overlap a target."""
    size, context_size, batch, overlaps = ijepa_size((0.15, 0.2), (0.75, 1.5)), ijepa_size((0.85, 1.0), (1.0, 1.0)), [], 0
    place = lambda height, width: (rng.randrange(SIDE - height), rng.randrange(SIDE - width), height, width)  # the last place is never drawn
    for _ in range(images):
        blocks, given_up = [place(*size) for _ in range(targets)], 0
        while True:
            forbidden = [rectangle(*block) for block in blocks[: targets - given_up]]
            for _ in range(20):
                corner = place(*context_size)
                context = rectangle(*corner) & ~np.any(forbidden, axis=0) if forbidden else rectangle(*corner)
                tokens = np.flatnonzero(context)
                if len(tokens) > smallest:
                    break
            else:
                given_up += 1
                continue
            break
        overlaps += given_up
        batch.append((blocks, corner, tokens))
    fewest = min(len(tokens) for _, _, tokens in batch)
    return [(blocks, corner, tokens[:fewest]) for blocks, corner, tokens in batch], overlaps


def data2vec(ratio=0.8, side=3, extra=0.07):
    """1 where a token is kept, before and after single tokens make up the number."""
    share, kept = 1 - ratio, np.zeros((SIDE, SIDE), bool)
    for _ in range(int(TOKENS * ((share + extra) / side**2))):
        row, column = divmod(rng.randrange(TOKENS), SIDE)
        for down in range(-(side // 2), side - side // 2):
            for right in range(-(side // 2), side - side // 2):
                kept[min(max(row + down, 0), SIDE - 1), min(max(column + right, 0), SIDE - 1)] = True
    blocks, number = kept.copy(), int(TOKENS * share)
    while kept.sum() != number:
        more = kept.sum() < number
        kept.flat[rng.choice(np.flatnonzero(kept != more).tolist())] = more
    return blocks, kept


def shape(block):
    return f"{block[2]}x{block[3]}"


def counted(values):
    return dict(sorted(Counter(map(str, values)).items()))


def shapes(blocks):
    """Rectangles by their sides, which say area and aspect, and by their first row and column."""
    return {"sides": counted(map(shape, blocks)), "areas": counted(b[2] * b[3] for b in blocks), "aspects": counted(round(b[2] / b[3], 4) for b in blocks),
            "rows": counted(b[0] for b in blocks), "columns": counted(b[1] for b in blocks)}


def beit_counts(target, smallest):
    drawn = [beit(target, smallest) for _ in range(DRAWS)]
    return {"target": target, "minimum": smallest, "masked": counted(int(mask.sum()) for mask, _ in drawn), "blocks": counted(len(blocks) for _, blocks in drawn),
            "first": shapes([blocks[0] for _, blocks in drawn]), "second": shapes([blocks[1] for _, blocks in drawn if len(blocks) > 1])}, drawn


def ijepa_counts(images=4):
    drawn = [ijepa(images) for _ in range(DRAWS)]
    first = [batch[0] for batch, _ in drawn]
    return {"images": images, "overlaps": sum(overlaps for _, overlaps in drawn), "context": counted(len(tokens) for _, _, tokens in first), "contextBlock": shapes([corner for _, corner, _ in first]),
            "target": shapes([blocks[0] for blocks, _, _ in first]), "lastTarget": shapes([blocks[-1] for blocks, _, _ in first]),
            "contextFirst": counted(int(tokens[0]) for _, _, tokens in first), "contextLast": counted(int(tokens[-1]) for _, _, tokens in first)}, first


def data2vec_counts():
    drawn = [data2vec() for _ in range(DRAWS)]
    corners = np.s_[:: SIDE - 1, :: SIDE - 1]
    return {"kept": counted(int(kept.sum()) for _, kept in drawn), "parts": counted(ndimage.label(kept)[1] for _, kept in drawn), "rim": counted(int(kept.sum() - kept[1:-1, 1:-1].sum()) for _, kept in drawn),
            "corners": counted(int(kept[corners].sum()) for _, kept in drawn), "largest": counted(int(np.bincount(ndimage.label(kept)[0].ravel())[1:].max()) for _, kept in drawn)}


def measured(mask, patch):
    """Of masked tokens and pixels the mean distance to the nearest visible one, and the sizes of what hangs together by its sides."""
    sizes = np.bincount(ndimage.label(mask)[0].ravel())[1:]
    pixels = mask.repeat(patch, 0).repeat(patch, 1)
    distance = lambda grid: float(ndimage.distance_transform_edt(grid)[grid].mean())
    return {"rows": ["".join("#" if token else "." for token in row) for row in mask], "patch": patch, "masked": int(mask.sum()), "sizes": sorted(map(int, sizes)),
            "distance": round(distance(mask), 6), "averageDistance": round(distance(pixels), 6)}


beit_75, drawn = beit_counts(75, 16)
beit_small, drawn_small = beit_counts(75, 4)
ijepa_4, contexts = ijepa_counts()
context = np.ones(TOKENS, bool)
context[contexts[0][2]] = False
masks = [drawn[0][0], drawn_small[0][0], context.reshape(SIDE, SIDE), hashed("noise", (SIDE, SIDE)) > -0.5, hashed("wide", (5, 9)) > -0.2]
print(json.dumps({"versions": {name: version(name) for name in ("numpy", "scipy")}, "draws": DRAWS, "beit": [beit_75, beit_small], "ijepa": ijepa_4, "data2vec": data2vec_counts(),
                  "masks": [measured(mask, patch) for mask, patch in zip(masks, (16, 4, 8, 16, 3))]}))
