"""OpenStack Swift with its S3 dialect in one process: serve-swift.py DIRECTORY, prints the port that it listens on."""
import os
import sys

import eventlet

eventlet.monkey_patch()

from eventlet import listen, spawn, wsgi
from swift.common import utils

# The hashes of paths want a secret of the cluster, which is read from /etc/swift otherwise.
utils.HASH_PATH_SUFFIX = b'tests'
utils.validate_configuration = lambda: None

from swift.account.server import AccountController
from swift.common.ring import RingBuilder
from swift.common.wsgi import SwiftHttpProtocol, loadapp
from swift.container.server import ContainerController
from swift.obj.server import ObjectController

PROXY = '''
[DEFAULT]
swift_dir = {directory}
log_level = CRITICAL
[pipeline:main]
pipeline = catch_errors cache s3api tempauth copy proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
# Wanted by the proxy, which does without one that does not answer.
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
'''


class Silence:
    def write(self, *_):
        pass

    def flush(self):
        pass


def serve(socket, application):
    wsgi.server(socket, application, Silence(), protocol=SwiftHttpProtocol)


def save_ring(directory, kind, port):
    """One device that holds everything."""
    builder = RingBuilder(part_power=1, replicas=1, min_part_hours=1)
    place = {'ip': '127.0.0.1', 'port': port, 'replication_ip': '127.0.0.1', 'replication_port': port}
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'device': 'disk', 'weight': 1.0, 'meta': '', **place})
    builder.rebalance()
    builder.get_ring().save(os.path.join(directory, kind + '.ring.gz'))


def main(directory):
    devices = os.path.join(directory, 'devices')
    os.makedirs(os.path.join(devices, 'disk'))
    conf = {
        'devices': devices,
        'swift_dir': directory,
        'mount_check': 'false',
        'disable_fallocate': 'true',
        'fallocate_reserve': '0',
        'log_level': 'CRITICAL',
    }
    servers = {'account': AccountController, 'container': ContainerController, 'object': ObjectController}
    sockets = {kind: listen(('127.0.0.1', 0)) for kind in servers}
    for kind, socket in sockets.items():
        save_ring(directory, kind, socket.getsockname()[1])
    for kind, server in servers.items():
        spawn(serve, sockets[kind], server(conf))
    proxy_file = os.path.join(directory, 'proxy.conf')
    with open(proxy_file, 'w') as file:
        file.write(PROXY.format(directory=directory))
    socket = listen(('127.0.0.1', 0))
    application = loadapp(proxy_file)
    print(socket.getsockname()[1], flush=True)
    serve(socket, application)


main(sys.argv[1])
