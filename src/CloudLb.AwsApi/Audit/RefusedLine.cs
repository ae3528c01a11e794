using System.Buffers;
using System.Text.Json;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// One refused call, or several like it, on one line of 500 bytes at most: CloudTrail's form of a record with what helps to find the
/// caller.
/// </summary>
internal static class RefusedLine
{
    /// <summary>Bytes, the line's end among them.</summary>
    public const int MaxLength = 500;

    /// <summary>Characters of a name, a code or a key id; the longest known action has 40, AWS's key ids 20.</summary>
    private const int MaxName = 40;

    /// <summary>Characters of the longest address.</summary>
    private const int MaxAddress = 45;

    public static void Write(Utf8JsonWriter json, IBufferWriter<byte> output, CallRecord call)
    {
        json.Reset(output);
        json.WriteStartObject();
        json.WriteStartObject("userIdentity"u8);
        json.WriteString("type"u8, call.Caller is null ? "Unknown"u8 : "IAMUser"u8);
        WriteIfKnown(json, "accountId"u8, call.Caller?.Account, 12);
        WriteIfKnown(json, "accessKeyId"u8, call.AccessKeyId, MaxName);
        json.WriteEndObject();
        json.WriteString("eventTime"u8, call.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null));
        WriteIfKnown(json, "eventSource"u8, call.Service is { } service ? $"{service}.amazonaws.com" : null, MaxName);
        WriteIfKnown(json, "eventName"u8, call.Action, MaxName);
        WriteIfKnown(json, "sourceIPAddress"u8, PlainText.Of(call.SourceAddress), MaxAddress);
        WriteIfKnown(json, "errorCode"u8, call.Error?.Code, MaxName);
        json.WriteString("requestID"u8, call.RequestId);
        if (call.Repeats > 0)
        {
            json.WriteNumber("repeats"u8, call.Repeats);
        }

        // Whatever else there is room for.
        var left = MaxLength - (int)(json.BytesCommitted + json.BytesPending) - ",\"userAgent\":\"\"}\n".Length;
        WriteIfKnown(json, "userAgent"u8, call.UserAgent, left);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void WriteIfKnown(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value, int maxLength)
    {
        if (value is not null)
        {
            json.WriteString(name, PlainText.Of(value, maxLength));
        }
    }
}
