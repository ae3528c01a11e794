using System.Buffers.Binary;
using System.Net;
using System.Text;
using CloudLb.Dns.Answering;
using CloudLb.Dns.Messages;

namespace CloudLb.Tests.Unit.Dns;

/// <summary>Questions as resolvers write them, and what is in the answers.</summary>
internal static class Asked
{
    public static readonly IPAddress Somebody = IPAddress.Parse("192.0.2.7");

    public static byte[] Question(string name, RecordType type, int? edns = null, byte flags = 1, ushort @class = 1, byte version = 0)
    {
        var message = new List<byte> { 0xAB, 0xCD, flags, 0, 0, 1, 0, 0, 0, 0, 0, (byte)(edns is null ? 0 : 1) };
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.Latin1.GetBytes(label));
        }

        message.AddRange([0, (byte)((int)type >> 8), (byte)type, (byte)(@class >> 8), (byte)@class]);
        if (edns is { } size)
        {
            message.AddRange([0, 0, 41, (byte)(size >> 8), (byte)size, 0, version, 0, 0, 0, 0]);
        }

        return [.. message];
    }

    public static Seen Read(Answer answer)
    {
        var message = answer.Message;
        var position = 12;
        while (message[position] != 0)
        {
            position += message[position] + 1;
        }

        position += 5;
        var addresses = new List<string>();
        var types = new List<RecordType>();
        for (var record = Count(message, 6) + Count(message, 8); record > 0; record--)
        {
            Assert.True(message[position] >= 0xC0);
            var type = (RecordType)Count(message, position + 2);
            var length = Count(message, position + 10);
            types.Add(type);
            if (type is RecordType.A or RecordType.AAAA)
            {
                Assert.Equal(60u, BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(position + 6)));
                addresses.Add(new IPAddress(message.AsSpan(position + 12, length)).ToString());
            }

            position += 12 + length;
        }

        Assert.Equal(Count(message, 10) == 0 ? position : position + 11, message.Length);
        return new(answer.Code, (message[2] & 4) != 0, (message[2] & 2) != 0, [.. addresses], [.. types]);
    }

    private static int Count(byte[] message, int position) => BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(position));

    /// <param name="Code">The whole code.</param>
    /// <param name="IsAuthoritative">AA.</param>
    /// <param name="IsCut">TC.</param>
    /// <param name="Addresses">In the order of the answer.</param>
    /// <param name="Types">Of all records but the OPT.</param>
    public sealed record Seen(ResponseCode Code, bool IsAuthoritative, bool IsCut, string[] Addresses, RecordType[] Types);
}
