using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace CloudLb.Dns.Messages;

/// <summary>
/// Writes one answer: the asker's head and question as they came, records, and its OPT. What would be longer than the asker takes is cut as
/// a whole, with the flag that has it ask again by TCP.
/// </summary>
internal ref struct AnswerWriter
{
    /// <summary>What passes every network in one piece (dnsflagday.net, 2020).</summary>
    public const int LongestDatagram = 1232;

    /// <summary>A pointer to the name in the question.</summary>
    public const int AskedName = Question.HeadLength;

    private const byte Response = 0x80, Authoritative = 0x04, Truncated = 0x02, RecursionDesired = 0x01, Operation = 0x78;
    private const int OptLength = 11;

    private readonly Question _question;
    private readonly byte[] _bytes;
    private readonly int _limit;
    private int _length;
    private int _answers;
    private int _authorities;
    private bool _isCut;

    /// <param name="message">What was asked.</param>
    /// <param name="question">The same, read.</param>
    /// <param name="limit">Bytes that the answer may have.</param>
    public AnswerWriter(ReadOnlySpan<byte> message, Question question, int limit)
    {
        _question = question;
        _bytes = new byte[limit];
        _limit = limit - (question.Edns is null ? 0 : OptLength);
        message[..question.Length].CopyTo(_bytes);
        _length = question.Length;
    }

    /// <summary>How many bytes an answer by UDP may have.</summary>
    public static int LimitOf(Question question) => Math.Min(question.Edns ?? 512, LongestDatagram);

    /// <summary>An address of the name that was asked for.</summary>
    public void Address(IPAddress address, uint timeToLive)
    {
        var bytes = address.GetAddressBytes();
        Begin(AskedName, bytes.Length == 4 ? RecordType.A : RecordType.AAAA, timeToLive, bytes.Length);
        Bytes(bytes);
        _answers++;
    }

    /// <summary>What RFC 8482 has answered to ANY.</summary>
    public void NothingInParticular(uint timeToLive)
    {
        Begin(AskedName, RecordType.HINFO, timeToLive, 9);
        Label("RFC8482");
        Bytes([0]);
        _answers++;
    }

    /// <param name="zone">Where the zone's name stands in the question.</param>
    /// <param name="server">The first label of the zone's name server.</param>
    /// <param name="timeToLive">Seconds.</param>
    public void NameServer(int zone, string server, uint timeToLive)
    {
        Begin(zone, RecordType.NS, timeToLive, server.Length + 3);
        Label(server);
        Pointer(zone);
        _answers++;
    }

    /// <param name="zone">Where the zone's name stands in the question.</param>
    /// <param name="server">The first label of the zone's name server.</param>
    /// <param name="serial">Grows with every change.</param>
    /// <param name="timeToLive">Seconds, of the record and of what there is not.</param>
    /// <param name="isAnswer">Whether it was asked for.</param>
    public void Authority(int zone, string server, uint serial, uint timeToLive, bool isAnswer)
    {
        const string Mailbox = "hostmaster";
        Begin(zone, RecordType.SOA, timeToLive, server.Length + 3 + Mailbox.Length + 3 + 20);
        Label(server);
        Pointer(zone);
        Label(Mailbox);
        Pointer(zone);
        foreach (var number in (ReadOnlySpan<uint>)[serial, 3600, 600, 86_400, timeToLive])
        {
            Number(number);
        }

        _answers += isAnswer ? 1 : 0;
        _authorities += isAnswer ? 0 : 1;
    }

    /// <summary>Has the asker come by TCP, whatever there is to say.</summary>
    public void Cut() => _isCut = true;

    /// <param name="code">What came of it.</param>
    /// <param name="isAuthoritative">Whether the name is one of ours.</param>
    public ReadOnlySpan<byte> End(ResponseCode code, bool isAuthoritative)
    {
        if (_isCut)
        {
            _length = _question.Length;
            _answers = _authorities = 0;
        }

        var repeated = _bytes[2] & (RecursionDesired | Operation);
        _bytes[2] = (byte)(Response | (isAuthoritative ? Authoritative : 0) | (_isCut ? Truncated : 0) | repeated);
        _bytes[3] = (byte)((int)code & 0xF);
        Head(4, _question.Length > Question.HeadLength ? 1 : 0);
        Head(6, _answers);
        Head(8, _authorities);
        Head(10, _question.Edns is null ? 0 : 1);
        if (_question.Edns is not null)
        {
            // Owner: the root. Class: what we take. Time to live: the upper bits of the code, the version and the flags.
            ReadOnlySpan<byte> opt = [
                0, 0, (byte)RecordType.OPT, LongestDatagram >> 8, LongestDatagram & 0xFF, (byte)((int)code >> 4), 0, 0, 0, 0, 0];
            opt.CopyTo(_bytes.AsSpan(_length));
            _length += OptLength;
        }

        return _bytes.AsSpan(0, _length);
    }

    private readonly void Head(int position, int number) => BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(position), (ushort)number);

    private void Begin(int owner, RecordType type, uint timeToLive, int length)
    {
        Pointer(owner);
        Bytes([0, (byte)type, 0, 1]);
        Number(timeToLive);
        Bytes([(byte)(length >> 8), (byte)length]);
    }

    private void Pointer(int position) => Bytes([(byte)(0xC0 | (position >> 8)), (byte)position]);

    private void Number(uint number) => Bytes([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private void Label(string label) => Bytes([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);

    private void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        if (_isCut || _length + bytes.Length > _limit)
        {
            _isCut = true;
            return;
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}
