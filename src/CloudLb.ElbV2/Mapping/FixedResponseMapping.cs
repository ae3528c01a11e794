using CloudLb.AwsApi;
using CloudLb.ElbV2.Domain;
using Wire = CloudLb.ElbV2.Contracts;

namespace CloudLb.ElbV2.Mapping;

/// <summary>
/// Answers that a load balancer gives by itself. The contract has held the status and the length of the body against the model.
/// </summary>
internal static class FixedResponseMapping
{
    private static readonly string[] ContentTypes =
        ["text/html", "application/json", "application/javascript", "text/css", "text/plain"];

    public static FixedResponseAction ToDomain(Wire.FixedResponseActionConfig config)
    {
        if (config.ContentType is { Length: > 0 } type && !ContentTypes.Contains(type))
        {
            throw CommonErrors.ValidationError.Because(
                $"The ContentType must be one of:{string.Join(", ", ContentTypes.Select(known => $"'{known}'"))}.");
        }

        return new()
        {
            StatusCode = config.StatusCode,
            ContentType = string.IsNullOrEmpty(config.ContentType) ? null : config.ContentType,
            MessageBody = string.IsNullOrEmpty(config.MessageBody) ? null
                : config.MessageBody.Contains('\0') ? throw NotCarried.Because("MessageBody", "\\0") : config.MessageBody,
        };
    }

    public static Wire.FixedResponseActionConfig ToWire(FixedResponseAction response) => new()
    {
        StatusCode = response.StatusCode, ContentType = response.ContentType, MessageBody = response.MessageBody,
    };
}
