# Writes biggan64-thin-mybn, biggan32-cross-attn, biggan64-plain-conv and studiogan32:
#   python3 make.py BIGGAN_PYTORCH STUDIOGAN_SRC     (checkouts of 9845943 and 947b35e; PyTorch 1.13.1)
# The other folders are the first samples of random networks of the same programs and of
# pytorch-pretrained-BigGAN 1e18aed.
import json
import os
import struct
import sys
from unittest.mock import MagicMock

import numpy
import torch

for name in ('torchvision', 'torchvision.transforms', 'datasets', 'tqdm', 'h5py', 'utils.misc'):
    sys.modules[name] = MagicMock()


def save(path, tensors):
    header, offset, blobs = {}, 0, []
    for name, tensor in tensors.items():
        data = tensor.contiguous().numpy().tobytes()
        dtype = 'I64' if tensor.dtype == torch.int64 else 'F32'
        header[name] = {'dtype': dtype, 'shape': list(tensor.shape), 'data_offsets': [offset, offset + len(data)]}
        offset += len(data)
        blobs.append(data)
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + b''.join(blobs))


def shake(network, weight=0.2):
    with torch.no_grad():
        for name, value in list(network.named_parameters()) + list(network.named_buffers()):
            if name.endswith(('gamma', 'sigma')): value.fill_(0.7)
            elif name.endswith('_var'): value.uniform_(0.5, 1.5)
            elif name.endswith('_mean'): value.normal_(0, 0.1)
            elif 'weight' in name and value.dim() > 1: value.normal_(0, weight)
            elif name.endswith('.gain') or name == 'bn4.weight': value.uniform_(0.5, 1.5)
            elif name.endswith('bias'): value.normal_(0, 0.1)


def biggan(folder, prefix='', legacy=False, weight=0.2, **config):
    import BigGAN
    import utils
    torch.manual_seed(sum(map(ord, folder)))
    options = vars(utils.prepare_parser().parse_args([]))
    options.update(config, skip_init=True)
    G, D = BigGAN.Generator(**options), BigGAN.Discriminator(**options)
    shake(G, weight)
    shake(D)
    os.makedirs(folder, exist_ok=True)
    with open(folder + '/config.json', 'w') as file:
        json.dump(dict(config, model='BigGAN'), file)
    torch.save({prefix + k: v for k, v in G.state_dict().items()}, folder + '/G.pth',
               _use_new_zipfile_serialization=not legacy)
    torch.save(D.state_dict(), folder + '/D.pth')
    z, y = torch.randn(2, G.dim_z), torch.randint(0, config['n_classes'], (2,))
    x = torch.rand(2, 3, G.resolution, G.resolution) * 2 - 1
    G.eval(), D.eval()
    with torch.no_grad():
        save(folder + '/forward.safetensors',
             {'z': z, 'y': y, 'x': x, 'images': G(z, G.shared(y)), 'logits': D(x, y)})


def studiogan(folder):
    import models.big_resnet as big_resnet
    import utils.ops as ops
    torch.manual_seed(1)
    M, model = MagicMock(), MagicMock(info_type='N/A', g_info_injection='N/A')
    M.g_act_fn, M.d_act_fn = torch.nn.ReLU(inplace=True), torch.nn.ReLU(inplace=True)
    M.g_conv2d, M.g_linear, M.g_bn = ops.snconv2d, ops.snlinear, ops.ConditionalBatchNorm2d
    M.d_conv2d, M.d_linear, M.d_embedding = ops.snconv2d, ops.snlinear, ops.sn_embedding
    G = big_resnet.Generator(16, 6, 32, 2, True, [2], 'cBN', 4, 'ortho', 'N/A', False, M, model)
    D = big_resnet.Discriminator(32, 4, True, True, [1], 'PD', 'W/O', 'N/A', False, 4, 'ortho', 'N/A', False, M, model)
    shake(G), shake(D)
    z, y, x = torch.randn(3, 16), torch.randint(0, 4, (3,)), torch.rand(3, 3, 32, 32) * 2 - 1
    with torch.no_grad():
        G(z, y, eval=True), D(x, y, eval=True)  # one power iteration
        G.eval(), D.eval()
        images, logits = G(z, y, eval=True), D(x, y, eval=True)['adv_output'].reshape(-1, 1)
    os.makedirs(folder, exist_ok=True)
    torch.save({'state_dict': G.state_dict(), 'optimizer': {}}, folder + '/G.pth')
    torch.save({'state_dict': D.state_dict(), 'optimizer': {}, 'step': 4000, 'run_name': 'r', 'aa_p': None,
                'best_fid': numpy.float64(12.5), 'lecam_emas': {'decay': 0.9}}, folder + '/D.pth')
    save(folder + '/forward.safetensors', {'z': z, 'y': y, 'x': x, 'images': images, 'logits': logits})


common = dict(SN_eps=1e-6, adam_eps=1e-6)
sys.path.insert(0, sys.argv[1])
del sys.modules['utils.misc']
biggan('biggan64-thin-mybn', prefix='module.', resolution=64, n_classes=5, mybn=True, G_ch=2, D_ch=2, G_shared=True,
       hier=True, dim_z=23, shared_dim=7, G_attn='32', D_attn='8_4', BN_eps=1e-3, D_wide=False, num_G_SVs=2,
       G_nl='inplace_relu', **common)
biggan('biggan32-cross-attn', legacy=True, resolution=32, n_classes=3, cross_replica=True, G_ch=4, D_ch=4,
       G_attn='16', D_attn='16', dim_z=20, num_D_SVs=2, num_D_SV_itrs=3, **common)
biggan('biggan64-plain-conv', weight=0.06, resolution=64, n_classes=5, G_ch=1, D_ch=2, G_param='None', G_shared=True,
       shared_dim=6, dim_z=9, G_attn='8', D_attn='0', **common)
del sys.modules['utils']
sys.path[0] = sys.argv[2]
sys.modules['utils.misc'] = MagicMock()
studiogan('studiogan32')
