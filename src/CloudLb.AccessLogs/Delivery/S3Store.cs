using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CloudLb.Core.Buckets;
using Microsoft.Extensions.Options;

namespace CloudLb.AccessLogs.Delivery;

/// <summary>Buckets of S3, or of a store that speaks its protocol.</summary>
internal sealed class S3Store(IOptions<AccessLogS3Options> options) : IBucketStore, IBucketReader, IDisposable
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
        catch (Exception exception) when (Translated(exception, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    public async Task<byte[]> GetAsync(ObjectPlace place, int longest, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _client.Value.GetObjectAsync(
                new GetObjectRequest { BucketName = place.Bucket, Key = place.Key, VersionId = place.Version }, cancellationToken);
            return await LimitedRead.OfAsync(response.ResponseStream, longest, cancellationToken);
        }
        catch (Exception exception) when (Translated(exception, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    /// <summary>What those who ask a store know; null for what is passed on as it is.</summary>
    private static Exception? Translated(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        AmazonS3Exception
        {
            StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests,
        } refused => new BucketRefusedException($"{refused.ErrorCode}: {refused.Message}", refused),
        AmazonServiceException or AmazonClientException or HttpRequestException => new IOException(exception.Message, exception),
        OperationCanceledException when !cancellationToken.IsCancellationRequested => new IOException(exception.Message, exception),
        _ => null,
    };

    private static AmazonS3Client Connect(AccessLogS3Options options)
    {
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle,
            MaxErrorRetry = Retries,
            Timeout = LongestPut,

            // Where the store is, is the operator's word alone.
            AllowAutoRedirect = false,

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
