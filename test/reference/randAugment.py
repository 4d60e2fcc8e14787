# The changes of RandAugment by PIL: ImageOps, ImageEnhance, affine transforms with bilinear sampling. `solarize_add` has none in PIL and is a table of levels.
# pillow 13.0.0, numpy 2.4.6. Run: python test/reference/randAugment.py (writes randAugment.json beside itself).
import base64
import json
import pathlib

import numpy as np
import PIL
from PIL import Image, ImageEnhance, ImageOps

random = np.random.default_rng(0)
h, w = 24, 28
ramp = np.linspace(0, 1, h)[:, None, None] * np.array([200, 90, 20]) + np.linspace(0, 1, w)[None, :, None] * np.array([20, 120, 60])
images = [
    random.integers(0, 256, (h, w, 3)),                                       # noise of all levels
    ramp + 10 + random.integers(0, 9, (h, w, 3)),                             # smooth, some noise
    np.full((h, w, 3), [90, 90, 200]),                                        # one color
    100 + random.integers(0, 40, (h, w, 3)) * np.array([1, 0, 1]),            # little contrast, and none in green
]
images = [Image.fromarray(np.clip(i, 0, 255).astype(np.uint8)) for i in images]
fill = (124, 116, 104)


def affine(*matrix):
    return lambda i: i.transform(i.size, Image.Transform.AFFINE, matrix, resample=Image.Resampling.BILINEAR, fillcolor=fill)


def solarize_add(i, added):
    return i.point([min(255, v + added) if v < 128 else v for v in range(256)] * 3)


# name, magnitude of 10, sign, change with the argument that PyContrast makes of the magnitude.
cases = []
for m, sign in ((10, 1), (10, -1), (4.3, 1), (0, 1)):
    s = m / 10
    enhance = s * 1.8 + 0.1
    cases += [
        ("rotate", m, sign, lambda i, v=30 * s * sign: i.rotate(v, resample=Image.Resampling.BILINEAR, fillcolor=fill)),
        ("shearX", m, sign, affine(1, 0.3 * s * sign, 0, 0, 1, 0)),
        ("shearY", m, sign, affine(1, 0, 0, 0.3 * s * sign, 1, 0)),
        ("translateX", m, sign, affine(1, 0, 0.45 * s * sign * w, 0, 1, 0)),
        ("translateY", m, sign, affine(1, 0, 0, 0, 1, 0.45 * s * sign * h)),
    ]
    if sign < 0:
        continue
    cases += [
        ("autoContrast", m, sign, ImageOps.autocontrast),
        ("equalize", m, sign, ImageOps.equalize),
        ("invert", m, sign, ImageOps.invert),
        ("posterize", m, sign, lambda i, v=int(s * 4): ImageOps.posterize(i, v) if v > 0 else i.point(lambda _: 0)),
        ("solarize", m, sign, lambda i, v=int(s * 256): ImageOps.solarize(i, v)),
        ("solarizeAdd", m, sign, lambda i, v=int(s * 110): solarize_add(i, v)),
        ("color", m, sign, lambda i, v=enhance: ImageEnhance.Color(i).enhance(v)),
        ("contrast", m, sign, lambda i, v=enhance: ImageEnhance.Contrast(i).enhance(v)),
        ("brightness", m, sign, lambda i, v=enhance: ImageEnhance.Brightness(i).enhance(v)),
        ("sharpness", m, sign, lambda i, v=enhance: ImageEnhance.Sharpness(i).enhance(v)),
    ]

packed = lambda images: base64.b64encode(b"".join(np.asarray(i).tobytes() for i in images)).decode()   # levels, row-major [4, h, w, 3]
out = {
    "versions": {"pillow": PIL.__version__, "numpy": np.__version__}, "shape": [len(images), h, w, 3], "fill": fill, "images": packed(images),
    "results": [{"change": name, "magnitude": m, "sign": sign, "images": packed([f(i) for i in images])} for name, m, sign, f in cases],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
