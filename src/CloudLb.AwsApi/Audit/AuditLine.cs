using System.Buffers;
using System.Text.Json;

namespace CloudLb.AwsApi.Audit;

/// <summary>
/// One call in CloudTrail's form of a record, on one line. Whatever the client sent is escaped by the JSON writer and bounded in length.
/// </summary>
/// <remarks>
/// Field names and their order follow CloudTrail's record contents, event version 1.08. What is not known is left out: the caller and the
/// region of a refused signature, and its parameters, which nobody has vouched for. Answers are never written.
/// </remarks>
internal static class AuditLine
{
    /// <summary>Characters. CloudTrail cuts at 1 KB.</summary>
    internal const int MaxText = 1024;

    /// <summary>Characters of an action or a version that nobody knows; the longest known action has 40.</summary>
    private const int MaxName = 128;

    /// <param name="json">Any: to make one for each line would cost more than the line.</param>
    /// <param name="identity">As for <paramref name="json"/>.</param>
    /// <param name="output">Takes the line.</param>
    /// <param name="call">One that has ended.</param>
    public static void Write(Utf8JsonWriter json, AuditIdentity identity, IBufferWriter<byte> output, CallRecord call)
    {
        json.Reset(output);
        Write(json, identity, call);
        json.Flush();
        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, AuditIdentity identity, CallRecord call)
    {
        json.WriteStartObject();
        json.WriteString("eventVersion"u8, "1.08"u8);
        identity.Write(json, call.Caller);
        json.WriteString("eventTime"u8, WholeSeconds(call.Time));
        WriteIfKnown(json, "eventSource"u8, call.Service is { } service ? $"{service}.amazonaws.com" : null, MaxText);
        WriteIfKnown(json, "eventName"u8, call.Action, MaxName);
        WriteIfKnown(json, "awsRegion"u8, call.Caller?.Region, MaxText);
        WriteIfKnown(json, "sourceIPAddress"u8, PlainText.Of(call.SourceAddress), MaxText);
        WriteIfKnown(json, "userAgent"u8, call.UserAgent, MaxText);
        var hasSecrets = false;
        json.WritePropertyName("requestParameters"u8);
        if (call.Caller is null)
        {
            json.WriteNullValue();
        }
        else
        {
            hasSecrets = AuditParameters.Write(json, call.Parameters);
        }

        json.WriteNull("responseElements"u8);
        WriteError(json, call, hasSecrets);
        if (call.UpstreamStatus is { } status)
        {
            json.WriteStartObject("additionalEventData"u8);
            json.WriteNumber("upstreamStatus"u8, status);
            WriteIfKnown(json, "upstreamRequestID"u8, call.UpstreamRequestId, MaxName);
            json.WriteEndObject();
        }

        json.WriteString("requestID"u8, call.RequestId);
        json.WriteString("eventID"u8, RandomId.New());
        json.WriteBoolean("readOnly"u8, IsRead(call.Action));
        json.WriteString("eventType"u8, "AwsApiCall"u8);
        WriteIfKnown(json, "apiVersion"u8, call.Version, MaxName);
        json.WriteBoolean("managementEvent"u8, true);
        WriteIfKnown(json, "recipientAccountId"u8, call.Caller?.Account, MaxText);
        json.WriteString("eventCategory"u8, "Management"u8);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, CallRecord call, bool hasSecrets)
    {
        if (call.Error is not { } error)
        {
            return;
        }

        json.WriteString("errorCode"u8, error.Code);

        // Two messages repeat what the client sent: that of a broken Authorization header, signature and all, and that of a broken
        // constraint.
        if (error.Code != "IncompleteSignature" && !hasSecrets)
        {
            WriteIfKnown(json, "errorMessage"u8, error.Message, MaxText);
        }
    }

    private static void WriteIfKnown(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value, int maxLength)
    {
        if (value is not null)
        {
            json.WriteString(name, value.Length <= maxLength ? value : value.AsSpan(0, maxLength));
        }
    }

    /// <summary>Written as <c>2015-08-30T12:36:00Z</c>.</summary>
    private static DateTime WholeSeconds(DateTimeOffset time) =>
        time.UtcDateTime.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond));

    private static bool IsRead(string? action) => action is not null
        && (
            action.StartsWith("Describe", StringComparison.Ordinal)
                || action.StartsWith("Get", StringComparison.Ordinal)
                || action.StartsWith("List", StringComparison.Ordinal)
            || action.StartsWith("GET ", StringComparison.Ordinal) || action.StartsWith("HEAD ", StringComparison.Ordinal));
}
