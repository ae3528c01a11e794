using System.Net.Sockets;
using CloudLb.Cli;
using CloudLb.Cli.Control;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>A server that takes connections and does not answer, as one that is stopped by a signal.</summary>
public sealed class SilentServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Commands_say_so_in_one_sentence()
    {
        var directory = Directory.CreateTempSubdirectory("clb-");
        var path = Path.Combine(directory.FullName, "control.sock");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        using var control = new ControlClient(path, Patience);

        var asked = await Assert.ThrowsAsync<CommandException>(
            () => control.GetServerAsync(TestContext.Current.CancellationToken));
        var accepted = await Assert.ThrowsAsync<CommandException>(
            () => control.AcceptDatabaseAsync(TestContext.Current.CancellationToken));
        directory.Delete(recursive: true);

        Assert.StartsWith($"CloudLb has not answered on {path} within 0.1 s.", asked.Message, StringComparison.Ordinal);
        Assert.Equal(asked.Message, accepted.Message);
    }
}
