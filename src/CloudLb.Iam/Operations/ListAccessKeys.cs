using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.Core.Accounts;
using CloudLb.Iam.AccessKeys;
using CloudLb.Iam.Contracts;
using CloudLb.Iam.Mapping;
using AccessKey = CloudLb.Core.Accounts.AccessKey;

namespace CloudLb.Iam.Operations;

/// <summary>Lists a user's keys in the order of their ids, page by page; never a secret.</summary>
internal sealed class ListAccessKeys(KnownAccessKeys keys) : IOperation<ListAccessKeysRequest, ListAccessKeysResponse>
{
    public Task<ListAccessKeysResponse> ExecuteAsync(ListAccessKeysRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var after = Markers.Decode(request.Marker);
        var following = keys.Current.Of(caller.OwnerOf(request.UserName))
            .Where(key => after is null || string.CompareOrdinal(key.AccessKeyId, after) > 0);
        var page = Page<AccessKey>.Of(following, request.MaxItems, key => key.AccessKeyId);
        return Task.FromResult(new ListAccessKeysResponse
        {
            AccessKeyMetadata = [.. page.Items.Select(key => key.ToMetadata())],
            IsTruncated = page.Marker is not null,
            Marker = page.Marker,
        });
    }
}
