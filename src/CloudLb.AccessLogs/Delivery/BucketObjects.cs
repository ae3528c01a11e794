using CloudLb.Core.Accounts;
using CloudLb.Core.Buckets;
using Microsoft.Extensions.Logging;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>
/// Reads objects on a tenant's word: the store is the operator's, the names are checked, and what an account may not write to it may not
/// read either.
/// </summary>
internal sealed partial class BucketObjects(
    IBucketReader store, BucketOwners owners, TimeProvider clock, ILogger<BucketObjects> logger) : IBucketObjects
{
    // Shorter than the patience of clients, which is a minute with most.
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(30);

    public async Task<BucketObject> ReadAsync(
        AccountId account, ObjectPlace place, int longest, CancellationToken cancellationToken)
    {
        // No name that anybody gives an object has a control character, which is not to come into the log either.
        if (!BucketName.IsValid(place.Bucket) || place.Key.Any(char.IsControl) || !owners.MayWrite(account, place.Bucket))
        {
            return BucketObject.Not(ObjectFault.NotFound);
        }

        using var limit = new CancellationTokenSource(LongestRead, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return BucketObject.Of(await store.GetAsync(place, longest, either.Token));
        }
        catch (BucketRefusedException exception)
        {
            Log.Unread(logger, account, place.Bucket, exception.Message);
            return BucketObject.Not(ObjectFault.NotFound);
        }
        catch (ObjectTooLongException)
        {
            return BucketObject.Not(ObjectFault.TooLong);
        }
        catch (Exception exception) when (exception is IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.Unread(logger, account, place.Bucket, exception.Message);
            return BucketObject.Not(ObjectFault.Unreachable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7020, LogLevel.Warning, "The account {Account} is given no object of the bucket {Bucket}: {Reason}")]
        public static partial void Unread(ILogger logger, AccountId account, string bucket, string reason);
    }
}
