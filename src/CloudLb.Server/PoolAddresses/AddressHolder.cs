using System.Net.Sockets;
using System.Text;
using CloudLb.Core;

namespace CloudLb.Server.PoolAddresses;

/// <summary>
/// <c>cloudlb hold-addresses</c>: the one process that may change addresses of this machine, and only those of the pools on their
/// interface. It takes one line of a connection and answers with one, <c>ok</c> or <c>no</c> and the reason.
/// </summary>
internal sealed class AddressHolder(HolderSettings settings, TimeProvider clock)
{
    private const UnixFileMode ForGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly InterfaceAddresses _addresses = new(settings.Interface, settings.Pools, clock);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (FileStatus.Of(settings.Socket, follow: false) is { IsSocket: true })
        {
            File.Delete(settings.Socket);
        }

        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(settings.Socket));
        File.SetUnixFileMode(settings.Socket, ForGroup);
        listener.Listen(16);
        Tell($"holds addresses of {string.Join(", ", settings.Pools)} on {settings.Interface}");
        while (true)
        {
            using var peer = await listener.AcceptAsync(cancellationToken);
            try
            {
                await AnswerAsync(peer, cancellationToken);
            }
            catch (Exception exception) when (exception is SocketException or TimeoutException or IOException)
            {
                Tell($"a request was not answered: {exception.Message}");
            }
        }
    }

    private async Task AnswerAsync(Socket peer, CancellationToken cancellationToken)
    {
        var user = PeerUser.Of(peer);
        if (user != 0 && user != FileStatus.Of(settings.DataDirectory, follow: true)?.Owner)
        {
            Tell($"the user {user} may not ask");
            return;
        }

        var line = await ReadLineAsync(peer, cancellationToken);
        var answer = AddressRequest.Parse(line, settings.Pools) is { } request
            ? await DoAsync(request, cancellationToken)
            : "no address of the pools, and no list";
        await peer.SendAsync(Encoding.ASCII.GetBytes($"{answer}\n"), cancellationToken);
    }

    private async Task<string> DoAsync(AddressRequest request, CancellationToken cancellationToken)
    {
        if (request.Address is not { } address)
        {
            return $"ok {string.Join(' ', _addresses.Held())}";
        }

        var fault = request.Verb == AddressRequest.Add
            ? await _addresses.AddAsync(address, cancellationToken)
            : await _addresses.RemoveAsync(address, cancellationToken);
        Tell(fault is null ? $"{request}: done" : $"{request}: {fault}");
        return fault is null ? "ok" : $"no {fault}";
    }

    private async Task<string> ReadLineAsync(Socket peer, CancellationToken cancellationToken)
    {
        var bytes = new byte[AddressRequest.LongestLine];
        for (var length = 0; length < bytes.Length;)
        {
            var count = await peer.ReceiveAsync(bytes.AsMemory(length), cancellationToken).AsTask()
                .WaitAsync(Patience, clock, cancellationToken);
            length += count;
            var end = bytes.AsSpan(0, length).IndexOf((byte)'\n');
            if (end >= 0 || count == 0)
            {
                return Encoding.ASCII.GetString(bytes, 0, end >= 0 ? end : length);
            }
        }

        return "";
    }

    private static void Tell(string words) => Console.Out.WriteLine($"cloudlb hold-addresses: {words}");
}
