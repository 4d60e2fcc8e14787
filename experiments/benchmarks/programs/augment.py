# SimCLR's views of a whole batch in tensor operations, as lib/views makes them: antialiased bicubic crops, flips, color jitter in a random order for each image, grayscale.

import math

import torch

LUMA = (0.2989, 0.587, 0.114)


def boxes(n, side, area, aspect=(3 / 4, 4 / 3), attempts=10):
    """torchvision's RandomResizedCrop.get_params for n square images: top, left, height, width, each [n, 1]."""
    areas = torch.empty(n, attempts).uniform_(area[0] * side * side, area[1] * side * side)
    aspects = torch.empty(n, attempts).uniform_(math.log(aspect[0]), math.log(aspect[1])).exp()
    widths = (areas * aspects).sqrt().round()
    heights = (areas / aspects).sqrt().round()
    fits = (widths > 0) & (widths <= side) & (heights > 0) & (heights <= side)
    first = fits.int().argmax(1, keepdim=True)
    found = fits.any(1, keepdim=True)
    height = torch.where(found, heights.gather(1, first), side)
    width = torch.where(found, widths.gather(1, first), side)
    return (torch.rand(n, 1) * (side - height + 1)).floor(), (torch.rand(n, 1) * (side - width + 1)).floor(), height, width


def weights(start, length, side):
    """What each pixel of a row gives to each pixel of the result: [n, side, side]."""
    start, length = start[..., None], length[..., None]
    step = length / side
    stretch = step.clamp(min=1)
    source = torch.arange(side)[None, None] + 0.5
    center = (torch.arange(side)[None, :, None] + 0.5) * step + start
    inside = (source > start) & (source < start + length)
    d = ((source - center) / stretch).abs().clamp(max=2)
    kernel = torch.where(d < 1, (1.5 * d - 2.5) * d * d + 1, ((-0.5 * d + 2.5) * d - 4) * d + 2) * inside
    return kernel / kernel.sum(2, keepdim=True)


def crop(images, area):
    n, c, h, w = images.shape
    top, left, height, width = boxes(n, h, area)
    rows, columns = weights(top, height, h), weights(left, width, w)
    across = torch.bmm(images.reshape(n, c * h, w), columns.transpose(1, 2)).view(n, c, h, w)
    return torch.matmul(rows[:, None], across).clamp_(0, 1)


def luma(x):
    return LUMA[0] * x[:, 0] + LUMA[1] * x[:, 1] + LUMA[2] * x[:, 2]


def turn_hue(x, turn):
    r, g, b = x.unbind(1)
    smallest, value = x.amin(1), x.amax(1)
    chroma = value - smallest
    sector = torch.where(r == value, g - b, torch.where(g == value, b - r + 2 * chroma, r - g + 4 * chroma))
    turned = sector / chroma.clamp(min=1e-12) / 6 + turn
    hue = (turned - turned.floor()) * 6
    share = torch.stack([(hue - 3).abs() - 1, 2 - (hue - 2).abs(), 2 - (hue - 4).abs()], 1)
    return share.clamp_(0, 1) * chroma[:, None] + smallest[:, None]


def jitter(x, strength):
    """Brightness, contrast, saturation and hue in an order of each image's own: three blends before the hue and three after, of which an image uses three."""
    n = len(x)
    low, high = max(0, 1 - 0.8 * strength), 1 + 0.8 * strength
    factors = torch.empty(n, 3).uniform_(low, high)
    turn = torch.empty(n, 1, 1).uniform_(-0.2 * strength, 0.2 * strength)
    order = torch.rand(n, 4).argsort(1)
    change = torch.cat([factors - 1, torch.zeros(n, 1)], 1).gather(1, order)
    passed = (order == 3).cumsum(1)
    saturation, contrast = (order == 2).float(), (order == 1).float()

    def blends(x, places, used):
        for place in places:
            amount = change[:, place] * used[:, place]
            y = luma(x)
            added = y * (-amount * saturation[:, place])[:, None, None] + (y.mean((1, 2)) * (-amount * contrast[:, place]))[:, None, None]
            x = (x * (1 + amount)[:, None, None, None] + added[:, None]).clamp_(0, 1)
        return x

    x = blends(x, (0, 1, 2), 1 - passed)
    return blends(turn_hue(x, turn), (1, 2, 3), passed)


def view(images, mean, deviation, area, strength):
    """One view of each image [n, 3, h, w] in [0, 1]; mean and deviation are [3, 1, 1]. Normalized, channels last."""
    n = len(images)
    x = crop(images, area)
    chosen = lambda share: (torch.rand(n) < share)[:, None, None, None]
    x = torch.where(chosen(0.5), x.flip(3), x)
    x = torch.where(chosen(0.8), jitter(x, strength), x)
    x = torch.where(chosen(0.2), luma(x)[:, None], x)
    return ((x - mean) / deviation).contiguous(memory_format=torch.channels_last)
