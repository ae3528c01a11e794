using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudLb.Tests.Clients.Fuzz;

/// <summary>
/// A client of one connection, which it keeps as long as the server does. It knows just enough of HTTP to read answers, and holds them to
/// it.
/// </summary>
internal sealed class FuzzConnection(Uri url) : IDisposable
{
    /// <summary>Long enough for every deadline of the server.</summary>
    private const int PatienceMilliseconds = 150_000;

    /// <summary>How long what may be incomplete is left time for an answer before it ends.</summary>
    private const int AnswerMicroseconds = 5000;

    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;
    private int _length;

    /// <summary>Asks what is whole, and reads the one answer there is to it.</summary>
    /// <exception cref="IOException">There was none, or none of HTTP's form.</exception>
    public FuzzAnswer Ask(FuzzRequest request)
    {
        // The server may have ended a kept connection at this moment; a new one it may not.
        var isKept = _socket is not null;
        var answer = TrySend(request) ? TryRead(request.IsHead) : null;
        if (answer is null && isKept)
        {
            Close();
            answer = TrySend(request) ? TryRead(request.IsHead) : null;
        }

        if (answer is null)
        {
            throw new IOException("The connection ended without an answer.");
        }

        if (answer.EndsConnection)
        {
            Close();
        }

        return answer;
    }

    /// <summary>
    /// Sends what may be anything, on a connection of its own that says no more, and reads whatever is answered until its end.
    /// </summary>
    public IReadOnlyList<FuzzAnswer> AskBroken(FuzzRequest request)
    {
        Close();
        var answers = new List<FuzzAnswer>();
        if (TrySend(request))
        {
            try
            {
                // Kestrel gives up what it has not answered yet when its client says no more.
                _socket!.Poll(AnswerMicroseconds, SelectMode.SelectRead);
                _socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // It has been cut already.
            }

            while (TryRead(request.IsHead) is { } answer)
            {
                answers.Add(answer);
            }
        }

        Close();
        return answers;
    }

    public void Dispose() => Close();

    private void Close()
    {
        _socket?.Dispose();
        (_socket, _length) = (null, 0);
    }

    private bool TrySend(FuzzRequest request)
    {
        if (_socket is null)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true, ReceiveTimeout = PatienceMilliseconds, SendTimeout = PatienceMilliseconds,
            };
            _socket.Connect(new IPEndPoint(IPAddress.Parse(url.Host), url.Port));
        }

        try
        {
            _socket.Send(request.Bytes);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset
            or SocketError.Shutdown
            or SocketError.ConnectionAborted)
        {
            // What was answered before it was cut can still be read.
            return true;
        }
    }

    /// <summary>The next answer; null when the connection ends before it begins.</summary>
    private FuzzAnswer? TryRead(bool isHead)
    {
        while (true)
        {
            int end;
            while ((end = _buffer.AsSpan(0, _length).IndexOf(EndOfHead)) < 0)
            {
                if (!TryFill())
                {
                    return _length == 0
                        ? null
                        : throw new IOException($"The answer ended in its head: {Encoding.Latin1.GetString(_buffer, 0, _length)}");
                }
            }

            var lines = Encoding.Latin1.GetString(_buffer, 0, end).Split("\r\n");
            Drop(end + EndOfHead.Length);
            var status = lines[0].StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
                ? int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture)
                : throw new IOException($"No status line: {lines[0]}");
            var headers = lines[1..]
                .Select(line => line.Split(": ", 2))
                .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
            if (status != 100)
            {
                return new(status, headers, isHead || status is 204 or 304 ? [] : ReadBody(headers));
            }
        }
    }

    private byte[] ReadBody(Dictionary<string, string> headers)
    {
        if (headers.TryGetValue("Content-Length", out var length))
        {
            return ReadBytes(int.Parse(length, CultureInfo.InvariantCulture));
        }

        using var body = new MemoryStream();
        if (headers.GetValueOrDefault("Transfer-Encoding") != "chunked")
        {
            // To a request of HTTP/1.0, or to what has become one.
            return headers.GetValueOrDefault("Connection") == "close"
                ? ReadToEnd(body)
                : throw new IOException("The answer does not say how long it is.");
        }

        while (true)
        {
            var size = int.Parse(ReadLine(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(ReadBytes(size));
            if (ReadLine().Length > 0)
            {
                throw new IOException("A chunk is longer than it says.");
            }

            if (size == 0)
            {
                return body.ToArray();
            }
        }
    }

    private byte[] ReadToEnd(MemoryStream body)
    {
        do
        {
            body.Write(_buffer.AsSpan(0, _length));
            Drop(_length);
        }
        while (TryFill());

        return body.ToArray();
    }

    private byte[] ReadBytes(int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
        {
            if (_length == 0 && !TryFill())
            {
                throw new IOException($"The answer ended after {done} of {count} bytes.");
            }

            var taken = Math.Min(_length, count - done);
            _buffer.AsSpan(0, taken).CopyTo(bytes.AsSpan(done));
            Drop(taken);
            done += taken;
        }

        return bytes;
    }

    private string ReadLine()
    {
        int end;
        while ((end = _buffer.AsSpan(0, _length).IndexOf("\r\n"u8)) < 0)
        {
            if (!TryFill())
            {
                throw new IOException("The answer ended in a line.");
            }
        }

        var line = Encoding.Latin1.GetString(_buffer, 0, end);
        Drop(end + 2);
        return line;
    }

    private bool TryFill()
    {
        try
        {
            var read = _socket!.Receive(_buffer.AsSpan(_length));
            _length += read;
            return read > 0;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return false;
        }
    }

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }
}
