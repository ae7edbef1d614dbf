# Writes the checkpoints of this folder: /usr/bin/python3 make.py (PyTorch 1.13.1, numpy).
import collections
import numpy
import torch

def ramp(dtype, *shape):
    count = 1
    for size in shape:
        count *= size
    return torch.arange(count, dtype=torch.float64).sub(2).mul(1.5).reshape(shape).to(dtype)

dtypes = [torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int64, torch.int32,
          torch.int16, torch.int8]
state = collections.OrderedDict((str(d).split('.')[1], ramp(d, 2, 3)) for d in dtypes)
state['uint8'] = torch.tensor([[0, 7, 255], [3, 1, 2]], dtype=torch.uint8)
state['bool'] = torch.tensor([True, False, True])
state['scalar'] = torch.tensor(0.25)
state['empty'] = torch.zeros(0, 4)
torch.save(state, 'dtypes.pth')
torch.save(state, 'dtypes-legacy.pth', _use_new_zipfile_serialization=False)
torch.save(state, 'dtypes-protocol4.pth', pickle_protocol=4)

base = torch.arange(24, dtype=torch.float32)
grid = base.view(4, 6)
views = {'row': grid[1], 'column': grid[:, 2], 'transposed': grid.t(), 'step': base[3::5],
         'corner': grid[1:3, 2:5], 'last': base.view(2, 3, 2, 2).contiguous(memory_format=torch.channels_last),
         'whole': base, 'parameter': torch.nn.Parameter(grid[2:4])}
torch.save(views, 'views.pth')
torch.save(views, 'views-legacy.pth', _use_new_zipfile_serialization=False)

network = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
with torch.no_grad():
    network[0].weight.copy_(ramp(torch.float32, 3, 2))
    network[0].bias.copy_(ramp(torch.float32, 3))
torch.save({'state_dict': network.state_dict(), 'step': 1200, 'best_fid': numpy.float64(7.25), 'run_name': 'naïve',
            'ratio': 0.5, 'none': None, 'flags': [True, (3, 'x')], 'seed': -(1 << 40),
            'optimizer': torch.optim.Adam(network.parameters()).state_dict()}, 'training.pth')
