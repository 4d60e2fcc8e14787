# The peer lightly: its transform image by image on PIL, torch's DataLoader with `workers` processes, its loss; model and optimizer as everywhere here.

import time

import lightly
from turns import turns

import torch
from lightly.loss import NTXentLoss
from lightly.transforms import SimCLRTransform
from PIL import Image
from torch.utils.data import DataLoader, Dataset

from start import case, fresh, last, parameters, settings, stored, task, update, versions

transform = SimCLRTransform(input_size=32, cj_strength=settings['strength'], min_scale=settings['area'][0], gaussian_blur=0,
                            normalize={'mean': stored['mean'].tolist(), 'std': stored['standardDeviation'].tolist()})
pixels = stored['images'].numpy()


class Images(Dataset):
    def __len__(self):
        return len(pixels)

    def __getitem__(self, i):
        return transform(Image.fromarray(pixels[i]))


workers = task['workers']
loader = DataLoader(Images(), case['batch'], shuffle=True, drop_last=True, num_workers=workers, persistent_workers=workers > 0)
net, optimizer = fresh()
criterion = NTXentLoss(temperature=settings['temperature'])


def loss(views):
    first, second = net.projector(net.backbone(torch.cat(views).contiguous(memory_format=last))).chunk(2)
    return criterion(first, second)


def endless():
    while True:
        yield from loader


batches = endless()


def work():
    update(loss, optimizer, next(batches))


began = time.perf_counter()
for _ in range(3):
    work()
# The workers go on while it is another side's turn: what they have ready then is used up before the clock starts.
turns({'versions': {**versions, 'lightly': lightly.__version__}, 'parameters': parameters(net), 'firstStepsSeconds': time.perf_counter() - began}, work, before=2 * workers)
