using System.Text;
using CloudLb.Core.AccessLogs;
using CloudLb.HAProxy.Configuration;
using static CloudLb.HAProxy.AccessLog.LogFields;

namespace CloudLb.HAProxy.AccessLog;

/// <summary>Reads the lines that <see cref="LogSections"/> has HAProxy write. Used by one thread at a time.</summary>
internal sealed class RawLogReader
{
    /// <summary>What a line of the kinds without texts of clients begins with, and how many fields it has.</summary>
    private static readonly (string Mark, int Fields)[] Kinds =
    [
        (EncodedRequestLine.Mark, EncodedRequestLine.FieldCount), ("T", 15), ("E", 9), ("F", 8),
        (ConnectionFields.Mark, ConnectionFields.FieldCount), (TlsFields.Mark, TlsFields.FieldCount),
    ];

    /// <summary>And of lines with them.</summary>
    private static readonly string[] Requests =
        [RequestLine.Mark, RequestLine.ApplicationMark, RequestLine.EarlierApplicationMark];

    private static readonly byte[] First =
        [.. Requests.Concat(Kinds.Select(kind => kind.Mark)).Select(mark => (byte)mark[0])];

    private readonly ListenerNames _listeners = new();

    /// <summary>The line that is read, in characters.</summary>
    private char[] _text = new char[2 * LogSections.LongestRequestLine];

    /// <summary>What a line says; null for one that is not ours, or cut, or otherwise broken.</summary>
    /// <remarks>
    /// A full disk takes half a line, and the next one that it takes follows without a break. So a line is looked for behind whatever
    /// stands before it: only the half is lost.
    /// </remarks>
    /// <param name="isBroken">Whether something of ours in it cannot be read; what is not ours is HAProxy's notes on its own life.</param>
    public AccessLogEntry? Read(ReadOnlySpan<byte> line, out bool isBroken)
    {
        isBroken = IsOurs(line);
        if (_text.Length < line.Length)
        {
            _text = new char[line.Length];
        }

        ReadOnlySpan<char> text = _text.AsSpan(0, Encoding.ASCII.GetChars(line, _text));
        return Request(text, ref isBroken) ?? Other(new string(text).Split(' '), ref isBroken);
    }

    /// <summary>Whether it begins as one of ours.</summary>
    private static bool IsOurs(ReadOnlySpan<byte> line) =>
        line.Length > 1 && line[1] == ' ' && First.Contains(line[0]);

    private AccessLogEntry? Request(ReadOnlySpan<char> text, ref bool isBroken)
    {
        // What another kind's mark looks like may stand anywhere in a line that begins with its own.
        foreach (var mark in Requests)
        {
            if (text.StartsWith(mark) && RequestAt(text) is { } entry)
            {
                isBroken = false;
                return entry;
            }
        }

        foreach (var mark in Requests)
        {
            if (Request(text, mark, ref isBroken) is { } entry)
            {
                return entry;
            }
        }

        return null;
    }

    private AccessLogEntry? Request(ReadOnlySpan<char> text, string mark, ref bool isBroken)
    {
        for (var start = 0; text[start..].IndexOf(mark) is >= 0 and var distance; start++)
        {
            start += distance;
            if (RequestAt(text[start..]) is { } entry)
            {
                isBroken &= start > 0;
                return entry;
            }
        }

        return null;
    }

    private AccessLogEntry? RequestAt(ReadOnlySpan<char> text)
    {
        try
        {
            return RequestLine.Read(text, _listeners);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return null;
        }
    }

    private AccessLogEntry? Other(string[] fields, ref bool isBroken)
    {
        foreach (var (mark, count) in Kinds)
        {
            if (fields.Length >= count
                && fields[^count].EndsWith(mark, StringComparison.Ordinal)
                && Try(() => Read(mark, fields[^count..])) is { } entry)
            {
                isBroken &= fields.Length > count;
                return entry;
            }
        }

        return null;
    }

    private AccessLogEntry Read(string mark, string[] fields) => mark switch
    {
        EncodedRequestLine.Mark => EncodedRequestLine.Read(fields, _listeners),
        "T" => Connection(fields),
        "E" => FailedRequest(fields),
        ConnectionFields.Mark => ConnectionFields.ReadFailed(fields, _listeners),
        TlsFields.Mark => TlsFields.Read(fields, _listeners),
        _ => Failed(fields, isHttp: false, Milliseconds(fields[5])),
    };

    private AccessLogEntry Connection(string[] fields)
    {
        var loggedAt = Time(fields[2]);
        var (loadBalancer, port) = _listeners.Read(fields[3]);
        var hasTraffic = Long(fields[11]) > 0 && Int(fields[9]) >= 0;
        return new()
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = false,
            ReceivedAt = IsNone(fields[1]) ? loggedAt - Milliseconds(fields[10]) : Time(fields[1]),
            LoggedAt = loggedAt,
            Client = Endpoint(fields[4], fields[5])!,
            Instance = Int(fields[9]) >= 0 ? Endpoint(fields[6], fields[7]) : null,
            Times = hasTraffic ? new(Milliseconds(fields[8]) + Milliseconds(fields[9]), Milliseconds(fields[9]), TimeSpan.Zero) : null,
            ReceivedBytes = Long(fields[11]),
            SentBytes = Long(fields[12]),
            Cipher = Word(fields[13]),
            TlsVersion = Word(fields[14]),
        };
    }

    /// <summary>A request that never became one, or a handshake that failed, which is answered nothing.</summary>
    private AccessLogEntry FailedRequest(string[] fields)
    {
        var failed = Failed(fields, isHttp: true, Milliseconds(fields[6]));
        return Int(fields[5]) is > 0 and var status
            ? failed with { Status = status, Cipher = Word(fields[7]), TlsVersion = Word(fields[8]) }
            : failed;
    }

    private AccessLogEntry Failed(string[] fields, bool isHttp, TimeSpan duration)
    {
        var loggedAt = Time(fields[1]);
        var (loadBalancer, port) = _listeners.Read(fields[2]);
        return new()
        {
            LoadBalancer = loadBalancer,
            Port = port,
            IsHttp = isHttp,
            ReceivedAt = loggedAt - duration,
            LoggedAt = loggedAt,
            Client = Endpoint(fields[3], fields[4])!,
        };
    }

    private static AccessLogEntry? Try(Func<AccessLogEntry> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return null;
        }
    }

    private static bool IsUnreadable(Exception exception) => exception is FormatException or OverflowException or ArgumentException;
}
