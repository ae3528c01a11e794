using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CloudLb.Bench.Load;

/// <summary>
/// Asks a listener of UDP from several sockets: each is a flow for as long as this lives, and has one question at a time on its way.
/// </summary>
internal sealed class DatagramClient : IDisposable
{
    private const int Length = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Socket[] _flows;
    private readonly byte[] _question = new byte[Length];
    private readonly byte[] _answer = new byte[2 * Length];

    public DatagramClient(IPEndPoint listener, int flows) => _flows = [.. Enumerable.Range(0, flows).Select(_ => Flow(listener, Patience))];

    /// <summary>Waits until the listener answers.</summary>
    public static async Task WaitForAsync(IPEndPoint listener, CancellationToken cancellationToken)
    {
        while (!IsAnswered(listener))
        {
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>A round on a thread of its own, which is cheaper than waiting for each answer is. A lost question ends the run.</summary>
    public Task<LoadedRound> RunAsync(TimeSpan duration, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () => Run(duration, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Dispose() => Array.ForEach(_flows, flow => flow.Dispose());

    private LoadedRound Run(TimeSpan duration, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var answered = 0L;
        Array.ForEach(_flows, flow => flow.Send(_question));
        for (var isOver = false; !isOver;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isOver = Stopwatch.GetElapsedTime(begun) >= duration;
            foreach (var flow in _flows)
            {
                Receive(flow);
                answered++;
                if (!isOver)
                {
                    flow.Send(_question);
                }
            }
        }

        return new(answered, answered / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private void Receive(Socket flow)
    {
        try
        {
            if (flow.Receive(_answer) != Length)
            {
                throw new InvalidOperationException("A datagram was answered with something else.");
            }
        }
        catch (SocketException exception)
        {
            throw new InvalidOperationException("A datagram was not answered; a rate of losses means nothing.", exception);
        }
    }

    private static bool IsAnswered(IPEndPoint listener)
    {
        using var flow = Flow(listener, Glance);
        try
        {
            flow.Send(new byte[Length]);
            return flow.Receive(new byte[Length]) == Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Socket Flow(IPEndPoint listener, TimeSpan patience)
    {
        var flow = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = (int)patience.TotalMilliseconds,
        };
        flow.Connect(listener);
        return flow;
    }
}
