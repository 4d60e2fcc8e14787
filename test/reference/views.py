# Views of small random images under given parameters, by torchvision's functional operations, and the distribution of RandomResizedCrop.get_params.
# torch 2.14.1, torchvision 0.29.1, numpy 2.4.6. Run: python test/reference/views.py (writes views.json beside itself).
import itertools
import json
import pathlib

import torch
import torchvision
from torchvision.transforms import InterpolationMode, RandomResizedCrop
from torchvision.transforms import functional as F

torch.manual_seed(0)


def images(n, h, w, c=3):
    return torch.round(torch.rand(n, c, h, w) * 255) / 255


def flat(t):
    """[n, c, h, w] as the values of [n, h, w, c]."""
    return [round(v, 6) for v in t.permute(0, 2, 3, 1).flatten().tolist()]


def levels(t):
    return [round(v * 255) for v in t.permute(0, 2, 3, 1).flatten().tolist()]


out = {"versions": {"torch": torch.__version__, "torchvision": torchvision.__version__}}

# Crops: boxes (top, left, height, width) that grow, shrink, stay, change aspect, touch borders.
x = images(6, 12, 14)
boxes = [[0, 0, 12, 14], [3, 4, 5, 6], [0, 9, 12, 3], [11, 0, 1, 1], [2, 2, 10, 12], [1, 5, 8, 8]]
out["crop"] = {"shape": [6, 12, 14, 3], "levels": levels(x), "boxes": boxes, "results": []}
for size in ([8, 8], [5, 7], [10, 18]):
    for name, mode in (("bilinear", InterpolationMode.BILINEAR), ("bicubic", InterpolationMode.BICUBIC)):
        y = torch.stack([F.resized_crop(img, *box, size, mode, antialias=True) for img, box in zip(x, boxes)]).clamp(0, 1)
        out["crop"]["results"].append({"size": size, "interpolation": name, "values": flat(y)})

# Color: random values, and the corners where hue changes branch: black, white, gray, pure and mixed primaries.
x = images(6, 4, 5)
corners = torch.tensor(list(itertools.product([0.0, 0.4, 1.0], repeat=3)))   # 102 of 255 is 0.4
x[:2] = torch.cat([corners, corners[:13]]).T.reshape(3, 2, 4, 5).transpose(0, 1)
factors = [0.0, 0.3, 0.7, 1.0, 1.4, 2.0]
turns = [-0.5, -0.2, -0.05, 0.0, 0.13, 0.5]
out["color"] = {
    "shape": [6, 4, 5, 3], "levels": levels(x), "factors": factors, "turns": turns,
    "brightness": flat(torch.stack([F.adjust_brightness(i, f) for i, f in zip(x, factors)])),
    "contrast": flat(torch.stack([F.adjust_contrast(i, f) for i, f in zip(x, factors)])),
    "saturation": flat(torch.stack([F.adjust_saturation(i, f) for i, f in zip(x, factors)])),
    "hue": flat(torch.stack([F.adjust_hue(i, t) for i, t in zip(x, turns)])),
    "grayscale": flat(torch.stack([F.rgb_to_grayscale(i, 3) for i in x])),
    "solarize": flat(torch.stack([F.solarize(i, 0.4) for i in x])),
    "flip": flat(torch.stack([F.hflip(i) for i in x])),
    "normalize": flat(torch.stack([F.normalize(i, [0.4, 0.5, 0.6], [0.2, 0.25, 0.3]) for i in x])),
}

# One channel: saturation and hue leave it, contrast takes its own mean.
g = images(6, 4, 5, 1)
out["gray"] = {"shape": [6, 4, 5, 1], "levels": levels(g), "contrast": flat(torch.stack([F.adjust_contrast(i, f) for i, f in zip(g, factors)])),
               "saturation": flat(torch.stack([F.adjust_saturation(i, f) for i, f in zip(g, factors)])),
               "hue": flat(torch.stack([F.adjust_hue(i, t) for i, t in zip(g, turns)]))}

# Jitter: each of the 24 orders on an image of its own.
orders = list(itertools.permutations(range(4)))
x = images(24, 3, 4)
amounts = torch.rand(24, 3) * 1.6 + 0.2
turn = torch.rand(24) - 0.5
change = [F.adjust_brightness, F.adjust_contrast, F.adjust_saturation, F.adjust_hue]


def jitter(img, order, amount, t, hue):
    for k in order:
        if k < 3:
            img = change[k](img, amount[k].item())
        elif hue:
            img = F.adjust_hue(img, t.item())
    return img


out["jitter"] = {"shape": [24, 3, 4, 3], "levels": levels(x), "orders": orders, "amounts": [[round(v, 6) for v in a] for a in amounts.tolist()], "turns": [round(v, 6) for v in turn.tolist()]}
amounts, turn = torch.tensor(out["jitter"]["amounts"]), torch.tensor(out["jitter"]["turns"])
out["jitter"]["values"] = flat(torch.stack([jitter(*z, True) for z in zip(x, orders, amounts, turn)]))
out["jitter"]["withoutHue"] = flat(torch.stack([jitter(*z, False) for z in zip(x, orders, amounts, turn)]))

# Blur: mirrored border by torchvision; zeros by a convolution written out.
x = images(4, 9, 11)
sigmas = [0.1, 0.5, 1.0, 2.0]


def zero_blur(img, size, sigma):
    t = torch.arange(size) - (size - 1) / 2
    k = torch.exp(-t**2 / (2 * sigma**2))
    k = k / k.sum()
    weight = (k[:, None] * k[None]).expand(3, 1, size, size)
    return torch.nn.functional.conv2d(img[None], weight, padding=size // 2, groups=3)[0]


out["blur"] = {"shape": [4, 9, 11, 3], "levels": levels(x), "sigmas": sigmas, "results": []}
for size in (3, 7):
    out["blur"]["results"].append({"kernelSize": size, "padding": "reflect", "values": flat(torch.stack([F.gaussian_blur(i, [size, size], [s, s]) for i, s in zip(x, sigmas)]))})
    out["blur"]["results"].append({"kernelSize": size, "padding": "zero", "values": flat(torch.stack([zero_blur(i, size, s) for i, s in zip(x, sigmas)]))})

# Boxes of get_params: how often each top, left, height and width comes, in the common case, in an image much wider than high, and where nearly no draw fits.
out["boxes"] = []
for (h, w), scale, ratio in (((32, 32), (0.08, 1.0), (3 / 4, 4 / 3)), ((24, 60), (0.2, 1.0), (3 / 4, 4 / 3)), ((20, 20), (0.5, 1.0), (2.0, 4.0))):
    n = 50_000
    img = torch.zeros(1, h, w)
    drawn = torch.tensor([RandomResizedCrop.get_params(img, scale, ratio) for _ in range(n)], dtype=torch.float64)   # i, j, h, w

    def shares(column, size):
        return [round(v, 5) for v in (torch.bincount(drawn[:, column].long(), minlength=size + 1) / n).tolist()]

    out["boxes"].append({"image": [h, w], "area": scale, "aspect": [round(r, 9) for r in ratio], "draws": n,
                         "top": shares(0, h), "left": shares(1, w), "height": shares(2, h), "width": shares(3, w),
                         "meanArea": round((drawn[:, 2] * drawn[:, 3]).mean().item(), 3), "meanLogAspect": round((drawn[:, 3] / drawn[:, 2]).log().mean().item(), 5)})

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out, separators=(",", ":")))
print(path.stat().st_size)
