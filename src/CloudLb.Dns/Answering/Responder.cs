using System.Net;
using System.Net.Sockets;
using CloudLb.Dns.Messages;

namespace CloudLb.Dns.Answering;

/// <summary>Makes an answer of a message, whoever sent it and whatever is in it. Safe to call from any thread.</summary>
internal sealed class Responder(Zone zone)
{
    /// <summary>Seconds; AWS's.</summary>
    public const uint TimeToLive = 60;

    private const string Server = "ns", Dual = "dualstack.", OnlyIPv6 = "ipv6.", Internal = "internal-", Networks = "elb.";

    private uint _turn;

    /// <summary>Null when nothing is to be sent.</summary>
    /// <param name="message">What came.</param>
    /// <param name="source">Who is said to have sent it.</param>
    /// <param name="isDatagram">Whether it came by UDP, so that the answer must be short.</param>
    /// <param name="isHeldOff">Whether the asker is to come by TCP, which shows that it is who it says.</param>
    public Answer? Answer(ReadOnlySpan<byte> message, IPAddress source, bool isDatagram, bool isHeldOff = false)
    {
        if (QuestionReader.Read(message) is not { } question)
        {
            return null;
        }

        var writer = new AnswerWriter(message, question, isDatagram ? AnswerWriter.LimitOf(question) : AnswerWriter.LongestDatagram);
        if (question.Fault != ResponseCode.NoError)
        {
            return new(question.Fault, writer.End(question.Fault, isAuthoritative: false).ToArray());
        }

        if (isHeldOff)
        {
            writer.Cut();
            return new(ResponseCode.NoError, writer.End(ResponseCode.NoError, isAuthoritative: false).ToArray());
        }

        var code = Write(ref writer, question, source);
        return new(code, writer.End(code, isAuthoritative: code != ResponseCode.Refused).ToArray());
    }

    private ResponseCode Write(ref AnswerWriter writer, Question question, IPAddress source)
    {
        var name = question.Name;
        if (!question.IsInternet || question.Type is RecordType.AXFR or RecordType.IXFR || !IsWithin(name))
        {
            return ResponseCode.Refused;
        }

        var zoneAt = AnswerWriter.AskedName + (name.Length - zone.Name.Length);
        if (name.Length == zone.Name.Length)
        {
            WriteApex(ref writer, question.Type, zoneAt);
            return ResponseCode.NoError;
        }

        var below = name[..^(zone.Name.Length + 1)];
        var prefix = PrefixOf(below);
        var found = below == Server
            ? [.. zone.Servers.Select(address => new NamedAddress(address))]
            : zone.AddressesOf(name[prefix.Length..]);
        if (!IsTold(source)
            && (found is null ? below.AsSpan(prefix.Length).StartsWith(Internal) : found.Any(address => address.IsInternal)))
        {
            return ResponseCode.Refused;
        }

        if (found is not null && question.Type == RecordType.ANY)
        {
            writer.NothingInParticular(TimeToLive);
            return ResponseCode.NoError;
        }

        var hasAny = false;
        var turn = Interlocked.Increment(ref _turn);
        foreach (var address in found is null ? [] : Chosen(found, question.Type, prefix, turn))
        {
            writer.Address(address, TimeToLive);
            hasAny = true;
        }

        if (!hasAny)
        {
            writer.Authority(zoneAt, Server, zone.Serial(), TimeToLive, isAnswer: false);
        }

        return found is null && !IsAbove(below) ? ResponseCode.NXDomain : ResponseCode.NoError;
    }

    private static IReadOnlyList<IPAddress> Chosen(IReadOnlyList<NamedAddress> found, RecordType type, string prefix, uint turn) =>
        type switch
        {
            RecordType.A when prefix != OnlyIPv6 => AddressChoice.Of(found, AddressFamily.InterNetwork, turn),
            RecordType.AAAA => AddressChoice.Of(found, AddressFamily.InterNetworkV6, turn),
            _ => [],
        };

    private void WriteApex(ref AnswerWriter writer, RecordType type, int zoneAt)
    {
        switch (type)
        {
            case RecordType.NS:
                writer.NameServer(zoneAt, Server, TimeToLive);
                break;
            case RecordType.ANY:
                writer.NothingInParticular(TimeToLive);
                break;
            default:
                writer.Authority(zoneAt, Server, zone.Serial(), TimeToLive, type == RecordType.SOA);
                break;
        }
    }

    /// <summary>
    /// Whether names of load balancers may be below it: a region, or a region's network load balancers. They come and go, and a resolver
    /// that is told that one does not exist would ask for nothing below it.
    /// </summary>
    private static bool IsAbove(string below) =>
        !below.AsSpan(below.StartsWith(Networks, StringComparison.Ordinal) ? Networks.Length : 0).Contains('.');

    private bool IsWithin(string name) => name.EndsWith(zone.Name, StringComparison.Ordinal)
        && (name.Length == zone.Name.Length || name[^(zone.Name.Length + 1)] == '.');

    private bool IsTold(IPAddress source) =>
        zone.InternalNetworks.Count == 0 || zone.InternalNetworks.Any(network => network.Contains(source));

    /// <summary>AWS's names with one before them: no load balancer's own begins so, as it has digits in its first part.</summary>
    private static string PrefixOf(string below) => below.StartsWith(Dual, StringComparison.Ordinal) ? Dual
        : below.StartsWith(OnlyIPv6, StringComparison.Ordinal) ? OnlyIPv6
        : "";
}
