using System.Globalization;
using System.Net.Sockets;
using CloudLb.Nginx.Configuration;

namespace CloudLb.Nginx.Instances;

/// <summary>
/// Asks a process every few seconds for one byte, which its worker alone can give: one that hangs does not, whatever it hangs in. Never
/// waits. One caller at a time.
/// </summary>
/// <param name="patience">After how long without an answer it hangs.</param>
/// <param name="clock">Tells how long.</param>
internal sealed class SignOfLife(TimeSpan patience, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private Socket? _question;
    private long? _asked;

    /// <summary>Whether it hangs; one that cannot be asked does not, as one of an earlier version.</summary>
    /// <param name="master">The process whose worker is asked.</param>
    public bool IsMissing(int master)
    {
        if (_question is { } question)
        {
            if (question.Poll(TimeSpan.Zero, SelectMode.SelectRead))
            {
                Forget();
                return false;
            }

            return clock.GetElapsedTime(_asked!.Value) > patience;
        }

        if (_asked is null || clock.GetElapsedTime(_asked.Value) >= Interval)
        {
            _asked = clock.GetTimestamp();
            _question = Ask(master);
        }

        return false;
    }

    /// <summary>The process is gone, or another.</summary>
    public void Forget()
    {
        _question?.Dispose();
        _question = null;
    }

    public void Dispose() => Forget();

    /// <summary>By way of the directory that it was started in: the path of that may be too long for a socket.</summary>
    private static Socket? Ask(int master)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{master}/cwd/{StreamConfiguration.AliveSocket}")));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
