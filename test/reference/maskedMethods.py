# Losses and gradients of MAE, SimMIM and MaskFeat in torch, in float64, on weights, images and masks that both languages make alike; for test/methods/masked.
# Written from the formulas of facebookresearch/mae (models_mae.py), microsoft/SimMIM (models/simmim.py) and facebookresearch/SlowFast (slowfast/models/operators.py, masked.py, losses.py), on timm's blocks.
# Made with the versions that the JSON names. Run: python test/reference/maskedMethods.py > test/reference/maskedMethods.json

import json
import math
from importlib.metadata import version

from hashed import hashed, rounded
from maskedPredictors import Restoring, d, encoded, encoder, fill, gradients, images, side

import torch
import torch.nn.functional as F
from torch import nn

patch = 4
values = patch**2 * 3


def masked_of(kept):
    """[n, tokens], 1 where a token is not kept."""
    rows = torch.ones(len(kept), side**2).double()
    for row, places in zip(rows, kept):
        row[places] = 0
    return rows


def patchify(x, size=patch):
    """MAE's: patches row by row, of each its pixels row by row, the channel last."""
    n, c, h, w = x.shape
    return torch.einsum('nchpwq->nhwpqc', x.reshape(n, c, h // size, size, w // size, size)).reshape(n, h * w // size**2, size**2 * c)


def normalized(target):
    return (target - target.mean(-1, keepdim=True)) / (target.var(-1, keepdim=True) + 1e-6)**.5


def mae_loss(prediction, target, masked):
    per_patch = ((prediction - target)**2).mean(-1)
    return (per_patch * masked).sum() / masked.sum()


def mae(kept, norm_pixels, token_in_encoder=False):
    student = encoder('backbone', True)
    decoder = Restoring(32, 2, 2)
    decoder.pred = nn.Linear(32, values)
    decoder = fill(decoder.double(), 'decoder')
    mask_token = torch.from_numpy(hashed('mask_token', (1, 1, d))).double().requires_grad_()
    masked, parts = masked_of(kept), {'backbone': student, 'decoder': decoder}
    if token_in_encoder:
        parts['mask_token'] = mask_token
        said = [decoder(encoded(student, image, masked=row, mask_token=mask_token)[1], list(range(side**2))) for image, row in zip(images, masked)]
    else:
        said = [decoder(encoded(student, image, places)[1], places) for image, places in zip(images, kept)]
    prediction, target = torch.cat(said), patchify(images)
    loss = mae_loss(prediction, normalized(target) if norm_pixels else target, masked)
    return {'kept': kept, 'loss': loss.item(), 'prediction': rounded(prediction.detach()[:, :, :5]), 'gradients': gradients(loss, **parts)}


def hidden_tokens(kept):
    """What becomes of all tokens, with mask tokens in the place of those that are not kept."""
    student, masked = encoder('backbone', True), masked_of(kept)
    mask_token = torch.from_numpy(hashed('mask_token', (1, 1, d))).double().requires_grad_()
    tokens = torch.cat([encoded(student, image, masked=row, mask_token=mask_token)[1][:, 1:] for image, row in zip(images, masked)])
    return tokens, masked, {'backbone': student, 'mask_token': mask_token}


def simmim(kept):
    tokens, masked, parts = hidden_tokens(kept)
    head = fill(nn.Linear(d, values).double(), 'decoder')
    shuffled = lambda w: w.reshape(patch, patch, 3, -1).permute(2, 0, 1, 3).reshape(values, -1)    # torch's PixelShuffle takes channels before pixels
    grid = tokens.permute(0, 2, 1).reshape(len(kept), d, side, side)
    painted = F.pixel_shuffle(F.conv2d(grid, shuffled(head.weight)[:, :, None, None], shuffled(head.bias[:, None])[:, 0]), patch)
    wide = masked.reshape(-1, 1, side, side).repeat_interleave(patch, 2).repeat_interleave(patch, 3)
    loss = ((images - painted).abs() * wide).sum() / (wide.sum() + 1e-5) / 3
    return {'kept': kept, 'loss': loss.item(), 'gradients': gradients(loss, **parts, decoder=head)}


def mask_feat(kept):
    tokens, masked, parts = hidden_tokens(kept)
    target = hog(images, patch, patch // 2)
    head, hidden = fill(nn.Linear(d, target.shape[-1]).double(), 'decoder'), masked.bool()
    loss = F.mse_loss(head(tokens)[hidden], target[hidden])
    return {'kept': kept, 'loss': loss.item(), 'gradients': gradients(loss, **parts, decoder=head)}


def hog(x, size, cell, bins=9):
    """MaskFeat's, per channel, in the order cell row, cell column, channel, bin within a patch."""
    n, c, h, w = x.shape
    sobel = torch.tensor([[1., 0, -1], [2, 0, -2], [1, 0, -1]]).double()
    gradient = F.conv2d(F.pad(x, (1, 1, 1, 1), mode='reflect').reshape(n * c, 1, h + 2, w + 2), torch.stack((sobel, sobel.T))[:, None])
    across, down = gradient.unbind(1)
    bin_of = (torch.atan2(across, down) / math.pi * bins).floor().long() % bins
    votes = F.one_hot(bin_of, bins).permute(0, 3, 1, 2) * torch.hypot(across, down)[:, None]
    histograms = F.normalize(votes.unfold(2, cell, cell).unfold(3, cell, cell).sum((-1, -2)), dim=1)      # [n·c, bins, h/cell, w/cell]
    u = size // cell
    return histograms.reshape(n, c, bins, h // size, u, w // size, u).permute(0, 3, 5, 4, 6, 1, 2).reshape(n, h * w // size**2, -1)


def hogs():
    """Of noise, and of a ramp with an even part: its cells are zeros."""
    ramp = torch.linspace(-1, 1, 16).double().reshape(1, 1, 1, 16) * torch.tensor([1., -.5, .2]).double().reshape(1, 3, 1, 1) + torch.linspace(0, 2, 16).double().reshape(1, 1, 16, 1)
    ramp = torch.cat((ramp[:, :, :8], torch.ones(1, 3, 8, 16).double() / 2), 2)
    return [{'image': name, 'patch': size, 'cell': cell, 'orientations': bins, 'values': rounded(hog(image, size, cell, bins))}
            for name, image, size, cell, bins in (('noise', images[:1, :, :8, :8], 4, 2, 9), ('noise', images[:1], 8, 8, 9), ('ramp', ramp, 8, 4, 6))]


even, uneven = [[0, 5, 10, 15], [1, 2, 4, 8], [3, 6, 7, 13]], [[0, 5, 10, 15], [1, 2, 4, 8, 9, 11], [3, 6, 7]]
print(json.dumps({
    'versions': {name: version(name) for name in ('torch', 'timm', 'lightly', 'numpy')},
    'mae': {'normalizedPixels': mae(even, True), 'pixels': mae(uneven, False), 'tokenInEncoder': mae(uneven, True, True)},
    'simmim': simmim(uneven), 'maskFeat': mask_feat(uneven), 'hog': hogs(),
}))
