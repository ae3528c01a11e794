using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Buckets of S3, or of a store that speaks its protocol.</summary>
internal sealed class S3Store(IOptions<AccessLogS3Options> options) : IBucketStore, IDisposable
{
    // A delivery that fails is repeated by whoever asked for it, and a caller of the API waits for the test object meanwhile.
    private const int Retries = 1;
    private static readonly TimeSpan LongestPut = TimeSpan.FromMinutes(2);

    private readonly Lazy<AmazonS3Client> _client = new(() => Connect(options.Value));

    public async Task PutAsync(string bucket, string key, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            // Not in signed chunks: not every store that speaks the protocol knows them.
            await _client.Value.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    InputStream = content,
                    AutoCloseStream = false,
                    ContentType = "text/plain",
                    UseChunkEncoding = false,
                },
                cancellationToken);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode is >= HttpStatusCode.BadRequest
            and < HttpStatusCode.InternalServerError
            and not HttpStatusCode.TooManyRequests)
        {
            throw new BucketRefusedException($"{exception.ErrorCode}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException ||
            (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static AmazonS3Client Connect(AccessLogS3Options options)
    {
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle,
            MaxErrorRetry = Retries,
            Timeout = LongestPut,

            // Checksums in trailers, the SDK's default, are not known to every store either.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.ServiceUrl is { } url)
        {
            (configuration.ServiceURL, configuration.AuthenticationRegion) = (url, options.Region);
        }
        else
        {
            configuration.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        return string.IsNullOrEmpty(options.AccessKeyId)
            ? new AmazonS3Client(configuration)
            : new AmazonS3Client(new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey), configuration);
    }
}
