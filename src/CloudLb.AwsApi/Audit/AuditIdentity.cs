using System.Buffers;
using System.Text.Json;

namespace CloudLb.AwsApi.Audit;

/// <summary>Writes who called. A caller seldom comes alone, so the text of the last one is kept.</summary>
/// <remarks>For one writer at a time.</remarks>
internal sealed class AuditIdentity : IDisposable
{
    private const string UserPart = ":user/";

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _writer = new(Stream.Null);
    private Caller? _last;

    /// <param name="caller">Null where the signature was refused.</param>
    public void Write(Utf8JsonWriter json, Caller? caller)
    {
        json.WritePropertyName("userIdentity"u8);
        if (caller is null)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "Unknown"u8);
            json.WriteEndObject();
            return;
        }

        if (!IsLast(caller))
        {
            _last = null;
            _text.ResetWrittenCount();
            _writer.Reset(_text);
            WriteText(_writer, caller);
            _writer.Flush();
            _last = caller;
        }

        json.WriteRawValue(_text.WrittenSpan, skipInputValidation: true);
    }

    public void Dispose() => _writer.Dispose();

    private bool IsLast(Caller caller) => _last is { } last && last.AccessKeyId == caller.AccessKeyId && last.UserId == caller.UserId
        && last.Arn == caller.Arn && last.Account == caller.Account;

    private static void WriteText(Utf8JsonWriter json, Caller caller)
    {
        var user = caller.Arn.IndexOf(UserPart, StringComparison.Ordinal);
        json.WriteStartObject();
        json.WriteString("type"u8, user < 0 ? "Root"u8 : "IAMUser"u8);
        json.WriteString("principalId"u8, caller.UserId);
        json.WriteString("arn"u8, caller.Arn);
        json.WriteString("accountId"u8, caller.Account);
        json.WriteString("accessKeyId"u8, caller.AccessKeyId);
        if (user >= 0)
        {
            var name = caller.Arn.AsSpan(user + UserPart.Length);
            json.WriteString("userName"u8, name.Length <= AuditLine.MaxText ? name : name[..AuditLine.MaxText]);
        }

        json.WriteEndObject();
    }
}
