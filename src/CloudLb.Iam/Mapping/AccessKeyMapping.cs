using AccessKey = CloudLb.Core.Accounts.AccessKey;
using Wire = CloudLb.Iam.Contracts;

namespace CloudLb.Iam.Mapping;

/// <summary>Access keys and their owners, as IAM shows them.</summary>
internal static class AccessKeyMapping
{
    public const string Active = "Active";
    public const string Inactive = "Inactive";

    public static string StatusText(this AccessKey key) => key.IsActive ? Active : Inactive;

    public static Wire.AccessKeyMetadata ToMetadata(this AccessKey key) => new()
    {
        UserName = key.UserName,
        AccessKeyId = key.AccessKeyId,
        Status = key.StatusText(),
        CreateDate = key.CreateDate,
    };
}
