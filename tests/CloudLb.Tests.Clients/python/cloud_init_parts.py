"""What cloud-init makes of multi-part user data: writes the joined cloud-config to the second file, prints the names of the scripts."""
import sys

from cloudinit import handlers, user_data
from cloudinit.handlers import cloud_config

source, target = sys.argv[1:]


class Paths:
    """Nothing of this machine but the file to write."""

    run_dir = "/nonexistent"

    def get_ipath(self, name=None):
        return target

    def get_cpath(self, name=None):
        return "/nonexistent"

    get_ipath_cur = get_runpath = get_cpath


paths = Paths()
with open(source) as file:
    message = user_data.UserDataProcessor(paths).process(file.read())

handler = cloud_config.CloudConfigPartHandler(paths)
handler.handle_part(None, handlers.CONTENT_START, None, None, None, {})
for part in message.walk():
    if user_data.is_skippable(part):
        continue

    kind, name, text = part.get_content_type(), part.get_filename(), part.get_payload(decode=True).decode()
    if kind == "text/x-shellscript":
        print(name)
    else:
        assert kind == "text/cloud-config", kind
        handler.handle_part(None, kind, name, text, None, dict(part))
handler.handle_part(None, handlers.CONTENT_END, None, None, None, {})
