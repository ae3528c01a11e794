using System.Buffers.Binary;
using System.Text;

namespace CloudLb.Dns.Messages;

/// <summary>
/// Reads questions out of whatever is sent. It goes through a message once, from its beginning to its end, and follows no pointer: nobody
/// who asks one question has a use for any in its name.
/// </summary>
internal static class QuestionReader
{
    private const int LongestName = 255;
    private const int QuestionFlag = 0x80, OperationBits = 0x78;

    // More than any resolver sends: an OPT, and a TSIG or a SIG(0).
    private const int MostRecords = 8;

    /// <summary>
    /// Null for what is not to be answered at all: no message, or itself an answer, since two servers could go on for ever.
    /// </summary>
    public static Question? Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < Question.HeadLength || (message[2] & QuestionFlag) != 0)
        {
            return null;
        }

        if ((message[2] & OperationBits) != 0)
        {
            return new(ResponseCode.NotImp, Question.HeadLength);
        }

        var position = Question.HeadLength;
        if (Count(message, 4) != 1 || !TryReadName(message, ref position, out var name) || message.Length - position < 4)
        {
            return new(ResponseCode.FormErr, Question.HeadLength);
        }

        var type = (RecordType)Count(message, position);
        var isInternet = Count(message, position + 2) == 1;
        position += 4;
        var end = position;
        var records = Count(message, 6) + Count(message, 8) + Count(message, 10);
        return records <= MostRecords && TryReadEdns(message, position, records, out var edns, out var version)
            ? new(version is null or 0 ? ResponseCode.NoError : ResponseCode.BadVers, end, type, isInternet, name, edns)
            : new(ResponseCode.FormErr, end);
    }

    private static int Count(ReadOnlySpan<byte> message, int position) => BinaryPrimitives.ReadUInt16BigEndian(message[position..]);

    /// <summary>The name as text in which each byte has its place; what stands in no host's name is a question mark.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> message, ref int position, out string name)
    {
        var start = position;
        var text = new StringBuilder();
        name = "";
        while (position < message.Length && position - start < LongestName)
        {
            int length = message[position++];
            if (length == 0)
            {
                name = text.ToString();
                return true;
            }

            if (length > 63 || message.Length - position < length)
            {
                return false;
            }

            text.Append(text.Length > 0 ? "." : "");
            foreach (var letter in message.Slice(position, length))
            {
                var isHost = char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'_';
                text.Append(isHost ? char.ToLowerInvariant((char)letter) : '?');
            }

            position += length;
        }

        return false;
    }

    /// <summary>False when the rest of the message is no list of that many records.</summary>
    private static bool TryReadEdns(ReadOnlySpan<byte> message, int position, int records, out int? edns, out int? version)
    {
        edns = version = null;
        for (var record = 0; record < records; record++)
        {
            if (!TrySkipName(message, ref position, out var isRoot) || message.Length - position < 10)
            {
                return false;
            }

            if ((RecordType)Count(message, position) == RecordType.OPT)
            {
                if (edns is not null || !isRoot)
                {
                    return false;
                }

                edns = Math.Max(512, Count(message, position + 2));
                version = message[position + 5];
            }

            position += 10 + Count(message, position + 8);
            if (position > message.Length)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A record's owner may be a pointer, which is passed over like its labels.</summary>
    private static bool TrySkipName(ReadOnlySpan<byte> message, ref int position, out bool isRoot)
    {
        isRoot = position < message.Length && message[position] == 0;
        while (position < message.Length)
        {
            int length = message[position++];
            switch (length)
            {
                case 0:
                    return true;
                case >= 0xC0:
                    position++;
                    return position <= message.Length;
                case > 63:
                    return false;
                default:
                    position += length;
                    break;
            }
        }

        return false;
    }
}
