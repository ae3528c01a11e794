using CloudLb.AwsApi;
using CloudLb.Core;
using CloudLb.Core.AccessLogs;

namespace CloudLb.Elb.Mapping;

/// <summary>What AWS says when access logs cannot go to a bucket; of a prefix that is too long for a directory it knows nothing.</summary>
internal static class BucketMapping
{
    public static ServiceException Refusal(BucketFault fault, string bucket) => fault switch
    {
        BucketFault.Denied =>
            Errors.InvalidConfigurationRequest.Because($"Access Denied for bucket: {bucket}. Please check S3bucket permission"),
        BucketFault.PrefixTooLong => CommonErrors.ValidationError.Because(
            "S3Bucket prefix is too long: access logs go to a directory here, where no part of it between slashes can have more than 255 " +
            "characters"),
        _ => Errors.InvalidConfigurationRequest.Because("S3Bucket validation transient issue"),
    };
}
