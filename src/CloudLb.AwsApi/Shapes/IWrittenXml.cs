using CloudLb.AwsApi.Responses;

namespace CloudLb.AwsApi.Shapes;

/// <summary>Items with the XML that they have in a list of the Query protocol.</summary>
internal interface IWrittenXml
{
    void WriteTo(Utf8Buffer buffer);
}
