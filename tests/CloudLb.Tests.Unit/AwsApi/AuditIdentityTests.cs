using System.Text;
using System.Text.Json;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Audit;

namespace CloudLb.Tests.Unit.AwsApi;

public sealed class AuditIdentityTests
{
    private static readonly Caller Root = new()
    {
        Account = "123456789012", AccessKeyId = "AKIDEXAMPLE", Arn = "arn:aws:iam::123456789012:root", UserId = "123456789012",
        Region = "us-east-1",
    };

    private static readonly Caller User = Root with
    {
        AccessKeyId = "AKIDUSER", Arn = "arn:aws:iam::123456789012:user/a\"b", UserId = "AIDAEXAMPLE",
    };

    [Fact]
    public void Each_call_is_told_with_its_own_caller()
    {
        Assert.Equal(
            ["Root AKIDEXAMPLE ", "Root AKIDEXAMPLE ", "IAMUser AKIDUSER a\"b", "Root AKIDNEXT ", "Unknown  ", "Root AKIDNEXT "],
            Written(Root, Root with { Region = "eu-west-1" }, User, Root with { AccessKeyId = "AKIDNEXT" }, null,
                Root with { AccessKeyId = "AKIDNEXT" }));
    }

    private static IEnumerable<string> Written(params IEnumerable<Caller?> callers)
    {
        using var identity = new AuditIdentity();
        foreach (var caller in callers)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                identity.Write(json, caller);
                json.WriteEndObject();
            }

            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
            var told = document.RootElement.GetProperty("userIdentity");
            string Of(string name) => told.TryGetProperty(name, out var value) ? value.GetString()! : "";
            yield return $"{Of("type")} {Of("accessKeyId")} {Of("userName")}";
        }
    }
}
