using System.Globalization;
using System.Text;
using CloudLb.AccessLogs.Writing;
using CloudLb.Core.AccessLogs;
using CloudLb.Core.Traffic.Planning;
using Microsoft.Extensions.Logging;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Tries a bucket as AWS does when logging is switched on.</summary>
internal sealed partial class Buckets(
    IBucketStore store, TimeProvider clock, ILogger<Buckets> logger, BucketOwners? owners = null) : IAccessLogBuckets
{
    // Shorter than the patience of clients, which is a minute with most.
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(20);

    public async Task<BucketFault?> CheckAsync(LoadBalancerId loadBalancer, AccessLog accessLog, CancellationToken cancellationToken)
    {
        if (!BucketName.IsValid(accessLog.Bucket) || owners?.MayWrite(loadBalancer.Account, accessLog.Bucket) == false)
        {
            return BucketFault.Denied;
        }

        var words = string.Create(
            CultureInfo.InvariantCulture,
            $"Enable AccessLog for ELB: {loadBalancer.Name} at {clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
        using var content = new MemoryStream(Encoding.ASCII.GetBytes(words));
        using var limit = new CancellationTokenSource(LongestCheck, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await store.PutAsync(accessLog.Bucket, ObjectName.OfTest(loadBalancer, accessLog), content, either.Token);
            return null;
        }
        catch (BucketRefusedException exception)
        {
            Log.Refused(logger, loadBalancer, accessLog.Bucket, exception.Message);
            return BucketFault.Denied;
        }
        catch (PathTooLongException exception)
        {
            Log.Refused(logger, loadBalancer, accessLog.Bucket, exception.Message);
            return BucketFault.PrefixTooLong;
        }
        catch (Exception exception) when (exception is IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.Refused(logger, loadBalancer, accessLog.Bucket, exception.Message);
            return BucketFault.Unreachable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7006, LogLevel.Warning, "{LoadBalancer}: access logs cannot go to the bucket {Bucket}: {Reason}")]
        public static partial void Refused(ILogger logger, LoadBalancerId loadBalancer, string bucket, string reason);
    }
}
